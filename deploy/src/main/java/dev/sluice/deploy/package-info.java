/**
 * Container images without a container engine.
 *
 * <p><b>In</b>: a service's {@code target/quarkus-app}. <b>Does</b>: lays it into an image with
 * Jib. <b>Out</b>: a tar file or a registry.
 */
@NullMarked
package dev.sluice.deploy;

import org.jspecify.annotations.NullMarked;
