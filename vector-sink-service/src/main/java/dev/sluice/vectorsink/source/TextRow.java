package dev.sluice.vectorsink.source;

/**
 * A piece of text of a version.
 *
 * @param recordKey what the row is about; stable from version to version
 * @param chunkNo number of the piece within its record, from 0
 * @param textDigest SHA-256 of the text, 64 hex digits
 * @param path of the file that the text comes from
 * @param sourceSha256 of that file
 */
public record TextRow(
    String recordKey,
    int chunkNo,
    String text,
    String textDigest,
    String path,
    String sourceSha256) {}
