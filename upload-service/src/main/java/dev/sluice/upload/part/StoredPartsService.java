package dev.sluice.upload.part;

import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadFacts;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.storage.StoreListing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Knows what the store has of an upload, and writes down and says what was not known yet. */
@ApplicationScoped
public class StoredPartsService {
  private final PartStore store;
  private final StoreListing listing;
  private final MultipartService multiparts;
  private final PartRepository rows;
  private final Transactions transactions;
  private final Clock clock;

  StoredPartsService(
      PartStore store,
      StoreListing listing,
      MultipartService multiparts,
      PartRepository rows,
      Transactions transactions,
      Clock clock) {
    this.transactions = transactions;
    this.store = store;
    this.listing = listing;
    this.multiparts = multiparts;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * The parts in the store, whatever their size; empty when the store has no such multipart upload
   * any more. An upload that gave out no address has none, without asking.
   */
  public Uni<Optional<List<StoredPart>>> inStore(Upload upload) {
    if (!upload.urlsGiven()) {
      return Uni.createFrom().item(Optional.of(List.of()));
    }
    if (upload.plan().single()) {
      return store
          .whole(multiparts.landingOf(upload))
          .map(found -> Optional.of(found.stream().toList()));
    }
    return upload
        .storeUploadId()
        .map(id -> ofMultipart(upload, id))
        .orElseGet(() -> Uni.createFrom().item(Optional.of(List.of())));
  }

  /** Some stores say "no parts" of a multipart upload that they do not know, so they are asked. */
  private Uni<Optional<List<StoredPart>>> ofMultipart(Upload upload, String id) {
    ObjectAddress address = multiparts.addressOf(upload);
    return store
        .parts(address, id)
        .flatMap(
            parts ->
                parts.filter(List::isEmpty).isEmpty()
                    ? Uni.createFrom().item(parts)
                    : listing
                        .multiparts(address.bucket(), address.key().value())
                        .map(
                            all ->
                                parts.filter(
                                    none ->
                                        all.stream().anyMatch(u -> u.storeUploadId().equals(id)))));
  }

  /** Those of the stored parts that are parts of the plan. */
  public Uni<List<StoredPart>> fitting(Upload upload) {
    return inStore(upload)
        .map(parts -> parts.orElse(List.of()).stream().filter(upload.plan()::fits).toList());
  }

  /** These parts with the checksums that were told of them. */
  public Uni<List<StoredPart>> summed(ProjectScope scope, Upload upload, List<StoredPart> parts) {
    return told(scope, upload).map(told -> summed(parts, told));
  }

  /** The parts that the ledger knows. */
  Uni<List<StoredPart>> told(ProjectScope scope, Upload upload) {
    return transactions
        .reading(session -> rows.of(session, scope, Set.of(upload.id()), false))
        .map(told -> told.getOrDefault(upload.id(), List.of()));
  }

  /** The stored parts with the checksums of those that the ledger knows. */
  static List<StoredPart> summed(List<StoredPart> parts, List<StoredPart> told) {
    Map<String, StoredPart> known =
        told.stream()
            .collect(Collectors.toMap(p -> p.partNumber() + ":" + p.etag(), p -> p, (a, b) -> b));
    return parts.stream()
        .map(
            p ->
                p.with(
                    Optional.ofNullable(known.get(p.partNumber() + ":" + p.etag()))
                        .flatMap(StoredPart::crc32c)))
        .toList();
  }

  /**
   * Writes parts down and says each new one, in the transaction that holds the upload.
   *
   * @param merged whether these are the parts that make the object
   */
  Uni<List<StoredPart>> record(
      ProjectScope scope, LockedUpload locked, List<StoredPart> parts, boolean merged) {
    Upload upload = locked.upload();
    return record(locked.session(), scope, Map.of(upload, parts), merged)
        .map(fresh -> fresh.getOrDefault(upload.id(), List.of()));
  }

  /** As the other one, for many uploads that the transaction holds. */
  public Uni<Map<UploadId, List<StoredPart>>> record(
      Mutiny.Session session,
      ProjectScope scope,
      Map<Upload, List<StoredPart>> parts,
      boolean merged) {
    Map<UploadId, List<StoredPart>> byId =
        parts.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().id(), Map.Entry::getValue));
    return rows.add(session, scope, byId, merged)
        .call(fresh -> Outbox.appendAll(session, facts(parts.keySet(), fresh)));
  }

  /** How much is written down. */
  Uni<PartRepository.Seen> seen(ProjectScope scope, LockedUpload locked) {
    return rows.seen(locked.session(), scope, locked.upload().id());
  }

  /** The parts that make the objects of these uploads, with the checksums that were told. */
  public Uni<Map<UploadId, List<StoredPart>>> merged(
      Mutiny.Session session, ProjectScope scope, Collection<UploadId> uploads) {
    return rows.of(session, scope, uploads, true);
  }

  /** Forgets parts that turned out to be wrong. */
  public Uni<Void> reopen(ProjectScope scope, LockedUpload locked, Collection<Integer> wrong) {
    return rows.reopen(locked.session(), scope, locked.upload().id(), wrong);
  }

  private List<ChunkUploaded> facts(
      Collection<Upload> uploads, Map<UploadId, List<StoredPart>> fresh) {
    return uploads.stream()
        .flatMap(
            upload ->
                fresh.getOrDefault(upload.id(), List.of()).stream()
                    .sorted(Comparator.comparingInt(StoredPart::partNumber))
                    .map(part -> UploadFacts.chunkUploaded(upload, part, clock.instant())))
        .toList();
  }
}
