/**
 * Bytes that must go because somebody has a right to that.
 *
 * <p><b>In</b>: POST and GET /projects/{project}/erasures; a clock. <b>Does</b>: removes every
 * object with a content; entries of manifests stay. <b>Out</b>: FileErased; tables erasure and
 * stored_object; objects {@code dataset/…}.
 */
@NullMarked
package dev.sluice.catalog.erasure;

import org.jspecify.annotations.NullMarked;
