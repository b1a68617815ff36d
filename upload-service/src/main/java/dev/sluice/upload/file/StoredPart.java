package dev.sluice.upload.file;

/**
 * A part as the object store has it.
 *
 * @param partNumber counts from 1
 * @param size bytes
 * @param etag without quotes
 */
public record StoredPart(int partNumber, long size, String etag) {
  public StoredPart {
    etag = etag.replace("\"", "");
  }
}
