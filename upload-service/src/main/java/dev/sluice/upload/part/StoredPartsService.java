package dev.sluice.upload.part;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadFacts;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.storage.PartStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Knows what the store has of an upload, and writes down and says what was not known yet. */
@ApplicationScoped
class StoredPartsService {
  private final PartStore store;
  private final MultipartService multiparts;
  private final PartRepository rows;
  private final Clock clock;

  StoredPartsService(
      PartStore store, MultipartService multiparts, PartRepository rows, Clock clock) {
    this.store = store;
    this.multiparts = multiparts;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * The parts in the store, whatever their size; empty when the store has no such multipart upload
   * any more. An upload that gave out no address has none, without asking.
   */
  Uni<Optional<List<StoredPart>>> inStore(Upload upload) {
    if (!upload.urlsGiven()) {
      return Uni.createFrom().item(Optional.of(List.of()));
    }
    if (upload.plan().single()) {
      return store
          .whole(multiparts.addressOf(upload))
          .map(found -> Optional.of(found.stream().toList()));
    }
    return upload
        .storeUploadId()
        .map(id -> store.parts(multiparts.addressOf(upload), id))
        .orElseGet(() -> Uni.createFrom().item(Optional.of(List.of())));
  }

  /** Those of the stored parts that are parts of the plan. */
  Uni<List<StoredPart>> fitting(Upload upload) {
    return inStore(upload)
        .map(parts -> parts.orElse(List.of()).stream().filter(upload.plan()::fits).toList());
  }

  /** Writes parts down and says each new one, in the transaction that holds the upload. */
  Uni<List<StoredPart>> record(
      ProjectScope scope, LockedUpload locked, Collection<StoredPart> parts) {
    return rows.add(locked.session(), scope, locked.upload().id(), parts)
        .call(fresh -> say(locked, fresh));
  }

  /** How much is written down. */
  Uni<PartRepository.Seen> seen(ProjectScope scope, LockedUpload locked) {
    return rows.seen(locked.session(), scope, locked.upload().id());
  }

  private Uni<Void> say(LockedUpload locked, List<StoredPart> fresh) {
    return Multi.createFrom()
        .iterable(fresh)
        .onItem()
        .transformToUniAndConcatenate(
            part ->
                Outbox.append(
                    locked.session(),
                    UploadFacts.chunkUploaded(locked.upload(), part, clock.instant())))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
