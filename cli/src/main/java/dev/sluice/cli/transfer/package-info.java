/**
 * <b>In:</b> {@code upload} and {@code download}.
 *
 * <p><b>Does:</b> drives the upload engine and shows how it goes; fetches files and checks them.
 *
 * <p><b>Out:</b> files in a draft, or on this disk.
 */
@NullMarked
package dev.sluice.cli.transfer;

import org.jspecify.annotations.NullMarked;
