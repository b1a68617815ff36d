/**
 * <b>In:</b> a version, which of its files are wanted, and a folder.
 *
 * <p><b>Does:</b> asks for addresses of many files at once, fetches them side by side, goes on with
 * what an attempt before left, and checks every SHA-256 while the bytes come.
 *
 * <p><b>Out:</b> files under their paths, only when they are whole and as promised; what became of
 * each.
 */
@NullMarked
package dev.sluice.client.download;

import org.jspecify.annotations.NullMarked;
