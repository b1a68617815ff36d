package dev.sluice.upload.ledger;

import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Uploads whose rows are kept from all others until the transaction ends. */
public final class LockedUploads {
  private final Mutiny.Session session;
  private final List<LockedUpload> each;

  LockedUploads(Mutiny.Session session, List<UploadEntity> rows) {
    this.session = session;
    this.each = rows.stream().map(row -> new LockedUpload(session, row)).toList();
  }

  /** The transaction's session. */
  public Mutiny.Session session() {
    return session;
  }

  /** One by one, in the order of their ids. */
  public List<LockedUpload> each() {
    return each;
  }
}
