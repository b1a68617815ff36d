/**
 * A file on its way: its name, its content, its cut into parts.
 *
 * <p><b>In</b>: what a client announces.
 *
 * <p><b>Does</b>: checks names, sizes and digests; plans the parts.
 *
 * <p><b>Out</b>: values that are right by construction.
 */
@NullMarked
package dev.sluice.upload.file;

import org.jspecify.annotations.NullMarked;
