/**
 * In: HTTP requests of clients and the route table in {@code routes.properties}.
 *
 * <p>Does: forwards each request to its service and plays the development OpenID issuer.
 *
 * <p>Out: streamed responses; problem+json when there is no route or no service.
 */
@NullMarked
package dev.sluice.local.gateway;

import org.jspecify.annotations.NullMarked;
