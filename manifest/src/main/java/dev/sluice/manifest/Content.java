package dev.sluice.manifest;

/**
 * What a file is, wherever its bytes lie.
 *
 * @param size bytes
 */
public record Content(long size, Digest sha256, String mediaType) {
  /** What an entry says. */
  public static Content of(Entry entry) {
    return new Content(entry.size(), entry.sha256(), entry.mediaType());
  }
}
