package dev.sluice.processing.output;

/**
 * Output whose list was checked and whose objects are all in the store with their sizes.
 *
 * @param manifestSha256 64 hex digits over the list's bytes
 * @param summary what the attempt says of its work, as JSON
 */
public record VerifiedOutput(
    String manifestKey, String manifestSha256, long files, long bytes, long rows, String summary) {}
