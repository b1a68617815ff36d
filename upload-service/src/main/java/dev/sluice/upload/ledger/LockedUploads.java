package dev.sluice.upload.ledger;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Uploads whose rows are kept from all others until the transaction ends. What becomes of them is
 * written by {@link #write}, with one statement for all.
 */
public final class LockedUploads {
  private final Mutiny.Session session;
  private final ProjectScope scope;
  private final UploadRepository uploads;
  private final List<UploadEntity> rows;
  private final List<LockedUpload> each;

  LockedUploads(
      Mutiny.Session session,
      ProjectScope scope,
      UploadRepository uploads,
      List<UploadEntity> rows) {
    this.session = session;
    this.scope = scope;
    this.uploads = uploads;
    this.rows = List.copyOf(rows);
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

  /** Writes what became of them. */
  public Uni<Void> write() {
    return uploads.update(session, scope, rows);
  }
}
