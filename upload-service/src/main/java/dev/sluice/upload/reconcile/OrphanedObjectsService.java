package dev.sluice.upload.reconcile;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.intake.HoldingsService;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.reconcile.Findings.Found;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.storage.StoreListing;
import dev.sluice.upload.storage.StoreListing.Listed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Objects in the store that nobody knows. */
@ApplicationScoped
class OrphanedObjectsService {
  private static final String DATASETS = "dataset/";
  private static final String MANIFESTS_OF_RUNS = "/_sluice/";

  private final Transactions transactions;
  private final ReconcileRepository rows;
  private final HoldingsService holdings;
  private final StoreListing listing;
  private final PartStore store;
  private final ObjectStore objects;
  private final ReconcileConfig config;
  private final Clock clock;

  OrphanedObjectsService(
      Transactions transactions,
      ReconcileRepository rows,
      HoldingsService holdings,
      StoreListing listing,
      PartStore store,
      ObjectStore objects,
      ReconcileConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.rows = rows;
    this.holdings = holdings;
    this.listing = listing;
    this.store = store;
    this.objects = objects;
    this.config = config;
    this.clock = clock;
  }

  /** Those that waited to be proved, of uploads that are over or unknown. */
  Uni<Found> deleteStaged(ProjectScope scope, boolean dryRun) {
    return pages(
        scope, dryRun, ObjectKey.STAGING, "", Found.NONE, keys -> ownedByUploads(scope, keys));
  }

  /** Those that would be files, but neither ledger nor catalog has them. */
  Uni<Found> deleteUnknown(ProjectScope scope, boolean dryRun) {
    return pages(scope, dryRun, DATASETS, "", Found.NONE, keys -> ownedAsFiles(scope, keys));
  }

  private Uni<Found> pages(
      ProjectScope scope,
      boolean dryRun,
      String prefix,
      String after,
      Found before,
      Function<List<ObjectKey>, Uni<Set<String>>> owned) {
    String bucket = objects.bucketOf(scope.project());
    return listing
        .objects(bucket, prefix, after)
        .flatMap(
            page ->
                page.isEmpty()
                    ? Uni.createFrom().item(before)
                    : page(bucket, dryRun, page, owned)
                        .flatMap(
                            found ->
                                pages(
                                    scope,
                                    dryRun,
                                    prefix,
                                    page.getLast().key().value(),
                                    before.and(found),
                                    owned)));
  }

  private Uni<Found> page(
      String bucket,
      boolean dryRun,
      List<Listed> page,
      Function<List<ObjectKey>, Uni<Set<String>>> owned) {
    Instant before = clock.instant().minus(config.grace());
    List<ObjectKey> old =
        page.stream().filter(o -> o.modifiedAt().isBefore(before)).map(Listed::key).toList();
    if (old.isEmpty()) {
      return Uni.createFrom().item(Found.of(page.size(), List.of()));
    }
    return owned
        .apply(old)
        .map(known -> old.stream().filter(key -> !known.contains(key.value())).toList())
        .call(orphans -> dryRun ? Uni.createFrom().voidItem() : store.delete(bucket, orphans))
        .map(orphans -> Found.of(page.size(), orphans.stream().map(ObjectKey::value).toList()));
  }

  private Uni<Set<String>> ownedByUploads(ProjectScope scope, List<ObjectKey> keys) {
    List<UploadId> ids = keys.stream().flatMap(key -> uploadOf(key).stream()).toList();
    return transactions
        .reading(session -> rows.live(session, scope, ids))
        .map(
            live ->
                live.stream()
                    .map(id -> ObjectKey.staging(id.value()).value())
                    .collect(Collectors.toSet()));
  }

  private Uni<Set<String>> ownedAsFiles(ProjectScope scope, List<ObjectKey> keys) {
    Set<String> owned =
        keys.stream()
            .map(ObjectKey::value)
            .filter(key -> key.contains(MANIFESTS_OF_RUNS))
            .collect(Collectors.toCollection(HashSet::new));
    return transactions
        .reading(session -> rows.known(session, scope, keys))
        .invoke(owned::addAll)
        .chain(() -> holdings.owned(scope, keys))
        .invoke(owned::addAll)
        .replaceWith(owned);
  }

  private static Optional<UploadId> uploadOf(ObjectKey staged) {
    try {
      String id = staged.value().substring(ObjectKey.STAGING.length());
      return Optional.of(new UploadId(UUID.fromString(id)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
