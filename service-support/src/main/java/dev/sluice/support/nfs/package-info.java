/**
 * Servers of NFS 3, spoken to without a mount.
 *
 * <p><b>In</b>: a URL that somebody typed, and the guard that every connection passes. <b>Does</b>:
 * mounts, reads, lists, writes and renames over TCP (RFC 1813); never follows a link. <b>Out</b>:
 * files and bytes, or an {@code NfsException} that says whether trying again may help.
 */
@NullMarked
package dev.sluice.support.nfs;

import org.jspecify.annotations.NullMarked;
