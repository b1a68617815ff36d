package dev.sluice.upload.importing;

import java.time.Instant;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** An import whose row is kept from all others until the transaction ends. */
final class LockedImport {
  private final Mutiny.Session session;
  private final ImportEntity row;

  LockedImport(Mutiny.Session session, ImportEntity row) {
    this.session = session;
    this.row = row;
  }

  Mutiny.Session session() {
    return session;
  }

  /** The import as it stands. */
  Import job() {
    return row.toImport();
  }

  /** Whether the replica may still work on it. */
  boolean isHeldBy(UUID owner) {
    return owner.equals(row.leaseOwner) && row.state.equals("running");
  }

  /** Writes the next state; it holds when the transaction commits. */
  Import become(ImportState next) {
    row.become(next);
    return row.toImport();
  }

  void take(Progress progress) {
    row.take(progress);
  }

  void take(Destination destination) {
    row.take(destination);
  }

  void knowsDataset(@Nullable UUID datasetId) {
    row.datasetId = datasetId;
  }

  void listed(boolean listed) {
    row.listed = listed;
  }

  /** The next attempt begins by listing again. */
  void nextAttempt() {
    row.attempt++;
    row.tries = 0;
    row.listed = false;
    row.draftUntil = null;
  }

  /** Keeps the draft for a retry. */
  void keepDraftUntil(@Nullable Instant until) {
    row.draftUntil = until;
  }

  /** What it uploaded and nobody wants is to be thrown away. */
  void drop() {
    row.dropping = true;
    row.draftUntil = null;
  }

  /** No draft is known from now on; another try reserves one. */
  void forgetDraft() {
    row.version = null;
    row.baseVersion = null;
    row.datasetType = null;
  }

  /** Lets go of it until then. */
  void rest(Instant until, boolean counts) {
    row.nextAt = until;
    row.leaseOwner = null;
    row.leaseUntil = null;
    row.tries += counts ? 1 : 0;
  }
}
