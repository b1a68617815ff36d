package dev.sluice.processing.reservation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A file of a sealed version.
 *
 * @param size bytes
 * @param sha256 64 hex digits
 * @param objectKey key in the project's bucket
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record InputFile(String path, long size, String sha256, String mediaType, String objectKey) {
  /** The same content under another path. */
  public InputFile at(String otherPath) {
    return new InputFile(otherPath, size, sha256, mediaType, objectKey);
  }
}
