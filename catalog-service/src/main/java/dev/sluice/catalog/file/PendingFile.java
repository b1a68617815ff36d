package dev.sluice.catalog.file;

import java.util.UUID;

/**
 * A file that was announced for a draft but is not in it.
 *
 * @param reason why it is not there (yet), for a person
 */
public record PendingFile(String path, UUID uploadId, String reason) {
  /** Parts of it are in the object store; the whole is not proved yet. */
  public static final String ON_ITS_WAY = "still on its way";
}
