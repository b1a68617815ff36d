package dev.sluice.upload.reconcile;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.upload.reconcile.Findings.Found;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.storage.StoreListing;
import dev.sluice.upload.storage.StoreListing.Unended;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Multipart uploads in the store that no open upload has. */
@ApplicationScoped
class OrphanedPartsService {
  private static final Duration LOOK_BACK = Duration.ofDays(30);

  private final Transactions transactions;
  private final ReconcileRepository rows;
  private final StoreListing listing;
  private final PartStore store;
  private final ObjectStore objects;
  private final ReconcileConfig config;
  private final Clock clock;

  OrphanedPartsService(
      Transactions transactions,
      ReconcileRepository rows,
      StoreListing listing,
      PartStore store,
      ObjectStore objects,
      ReconcileConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.rows = rows;
    this.listing = listing;
    this.store = store;
    this.objects = objects;
    this.config = config;
    this.clock = clock;
  }

  /** Aborts them, unless it is a dry run. */
  Uni<Found> abort(ProjectScope scope, boolean dryRun) {
    String bucket = objects.bucketOf(scope.project());
    return listing
        .multiparts(bucket, "dataset/")
        .flatMap(all -> all.isEmpty() ? byKey(scope, bucket) : Uni.createFrom().item(all))
        .flatMap(
            all ->
                orphans(scope, all)
                    .call(gone -> dryRun ? nothing() : abort(bucket, gone))
                    .map(
                        gone ->
                            Found.of(
                                all.size(), gone.stream().map(u -> u.key().value()).toList())));
  }

  /** Some stores list only those of an exact key. */
  private Uni<List<Unended>> byKey(ProjectScope scope, String bucket) {
    Instant since = clock.instant().minus(LOOK_BACK);
    return transactions
        .reading(session -> rows.multipartKeys(session, scope, since))
        .onItem()
        .transformToMulti(keys -> Multi.createFrom().iterable(keys))
        .onItem()
        .transformToUniAndConcatenate(key -> listing.multiparts(bucket, key))
        .collect()
        .in(ArrayList::new, List::addAll);
  }

  private Uni<List<Unended>> orphans(ProjectScope scope, List<Unended> all) {
    Instant before = clock.instant().minus(config.grace());
    List<Unended> old = all.stream().filter(u -> u.begunAt().isBefore(before)).toList();
    return old.isEmpty()
        ? Uni.createFrom().item(List.of())
        : transactions
            .reading(
                session ->
                    rows.openMultiparts(
                        session, scope, old.stream().map(Unended::storeUploadId).toList()))
            .map(open -> old.stream().filter(u -> !open.contains(u.storeUploadId())).toList());
  }

  private Uni<Void> abort(String bucket, List<Unended> orphans) {
    return Multi.createFrom()
        .iterable(orphans)
        .onItem()
        .transformToUniAndConcatenate(
            u -> store.abort(new ObjectAddress(bucket, u.key()), u.storeUploadId()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
