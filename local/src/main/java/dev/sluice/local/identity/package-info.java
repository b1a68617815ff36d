/**
 * In: a signing key kept in the state folder.
 *
 * <p>Does: mints the JSON Web Tokens of the development issuer.
 *
 * <p>Out: signed tokens and the public key set.
 */
@NullMarked
package dev.sluice.local.identity;

import org.jspecify.annotations.NullMarked;
