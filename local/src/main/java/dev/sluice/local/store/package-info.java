/**
 * In: requests of S3's protocol, and AssumeRole requests with a session policy.
 *
 * <p>Does: keeps objects as files; gives short-lived identities that reach only what their policy
 * names.
 *
 * <p>Out: objects and credentials.
 */
@NullMarked
package dev.sluice.local.store;

import org.jspecify.annotations.NullMarked;
