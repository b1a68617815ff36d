package dev.sluice.upload.ledger;

import dev.sluice.upload.file.FileContent;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** An upload whose row is kept from all others until the transaction ends. */
public final class LockedUpload {
  private final Mutiny.Session session;
  private final UploadEntity row;

  LockedUpload(Mutiny.Session session, UploadEntity row) {
    this.session = session;
    this.row = row;
  }

  /** The transaction's session. */
  public Mutiny.Session session() {
    return session;
  }

  /** The upload as it stands. */
  public Upload upload() {
    return row.toUpload();
  }

  /** Writes down what the file's SHA-256 is; it holds when the transaction commits. */
  public Upload tell(FileContent content) {
    row.tell(content);
    return row.toUpload();
  }

  /** Begins anew in the store, under another multipart upload or none. */
  public Upload reopen(UploadState.Open next, Optional<String> storeUploadId) {
    row.reopen(next, storeUploadId);
    return row.toUpload();
  }

  /** Writes the next state; it holds when the transaction commits. */
  public Upload become(UploadState next) {
    row.become(next);
    return row.toUpload();
  }
}
