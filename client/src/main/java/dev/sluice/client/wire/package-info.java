/**
 * <b>In:</b> a presigned URL, the headers signed with it, and a slice of a file.
 *
 * <p><b>Does:</b> PUTs the slice. Over plain HTTP the kernel copies from the page cache into the
 * socket on connections that are kept; everything else goes through the platform's client.
 *
 * <p><b>Out:</b> the store's answer, whatever it is; repeating is somebody else's decision.
 */
@NullMarked
package dev.sluice.client.wire;

import org.jspecify.annotations.NullMarked;
