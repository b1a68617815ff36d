/**
 * Bytes of a source on their way into the store.
 *
 * <p><b>In</b>: a file of a source and its upload in the ledger.
 *
 * <p><b>Does</b>: reads ranges and writes parts, several at a time, from socket to socket on
 * threads that may block; tries again; copies inside the store what lies there already.
 *
 * <p><b>Out</b>: parts in the store with their CRC-32C, an upload that is complete.
 */
@NullMarked
package dev.sluice.upload.importing.transfer;

import org.jspecify.annotations.NullMarked;
