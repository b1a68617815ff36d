package dev.sluice.processing.output;

/**
 * Output whose list was checked and whose objects are all in the store with their sizes.
 *
 * @param manifestSha256 64 hex digits over the list's bytes
 */
public record VerifiedOutput(
    String manifestKey, String manifestSha256, long files, long bytes, long rows) {}
