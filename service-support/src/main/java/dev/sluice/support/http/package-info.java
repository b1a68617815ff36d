/**
 * Habits all our HTTP shares.
 *
 * <p><b>In</b>: query parameters and headers. <b>Does</b>: keyset pages and idempotent requests.
 * <b>Out</b>: table idempotency_key.
 */
@NullMarked
package dev.sluice.support.http;

import org.jspecify.annotations.NullMarked;
