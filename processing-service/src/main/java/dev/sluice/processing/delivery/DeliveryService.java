package dev.sluice.processing.delivery;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.DataSetManifest.Destination;
import dev.sluice.processing.manifest.DestinationType;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.FieldError;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is asked of deliveries: to check them, to make them, to show them, to try them again. */
@ApplicationScoped
public class DeliveryService {
  private final Transactions transactions;
  private final DeliveryRepository deliveries;
  private final PlaceService places;
  private final ObjectStore store;

  DeliveryService(
      Transactions transactions,
      DeliveryRepository deliveries,
      PlaceService places,
      ObjectStore store) {
    this.transactions = transactions;
    this.deliveries = deliveries;
    this.places = places;
    this.store = store;
  }

  /**
   * Refuses a manifest with a destination that could never be delivered to.
   *
   * @throws dev.sluice.support.problem.ProblemException naming each field at fault
   */
  public void check(DataSetManifest manifest) {
    List<FieldError> errors = new ArrayList<>();
    for (Destination destination : manifest.destinations()) {
      target(manifest, destination)
          .ifPresent(target -> check(manifest, destination, target, errors));
    }
    if (!errors.isEmpty()) {
      throw new DeliveryProblem.DestinationRefused(errors).exception();
    }
  }

  private void check(
      DataSetManifest manifest, Destination destination, Target target, List<FieldError> errors) {
    try {
      places.check(manifest.project(), target);
    } catch (DeliveryFault e) {
      errors.add(
          new FieldError(
              manifest.fieldOf(destination) + ".url",
              target.url(),
              String.valueOf(e.getMessage())));
    }
  }

  /** What a destination means beyond the version itself. */
  private Optional<Target> target(DataSetManifest manifest, Destination destination) {
    String url = destination.url();
    return switch (destination.type()) {
      case DATASET -> Optional.empty();
      case S3 ->
          Optional.ofNullable(url)
              .filter(elsewhere -> !isOwn(manifest, elsewhere))
              .map(elsewhere -> of(Target.Kind.S3, destination, elsewhere));
      case LOCAL -> Optional.of(of(Target.Kind.LOCAL, destination, url == null ? "file://" : url));
      case NFS -> Optional.of(of(Target.Kind.NFS, destination, url == null ? "nfs://" : url));
      case QDRANT ->
          Optional.of(
              of(
                  Target.Kind.QDRANT,
                  destination,
                  url == null ? DestinationType.QDRANT.scheme() + manifest.outputDataset() : url));
    };
  }

  private boolean isOwn(DataSetManifest manifest, String url) {
    String own = "s3://" + store.bucketOf(manifest.project());
    return url.equals(own) || url.startsWith(own + "/");
  }

  private static Target of(Target.Kind kind, Destination destination, String url) {
    return new Target(kind, url, destination.secretRef());
  }

  /** Makes the deliveries of a run whose version is sealed, once; in the caller's transaction. */
  public Uni<Void> begin(Mutiny.Session session, Sealed sealed, DataSetManifest manifest) {
    ProjectScope scope = ProjectScope.system(manifest.project());
    Uni<Void> all = Uni.createFrom().voidItem();
    for (int i = 0; i < manifest.destinations().size(); i++) {
      int position = i;
      Optional<Target> target = target(manifest, manifest.destinations().get(i));
      if (target.isPresent()) {
        all =
            all.chain(
                () -> deliveries.insert(session, scope, sealed, position, target.orElseThrow()));
      }
    }
    return all;
  }

  /** The deliveries of a run, in the order of its manifest. */
  public Uni<List<DeliveryView>> ofRun(ProjectScope scope, UUID run) {
    return transactions
        .reading(session -> deliveries.ofRun(session, scope, run))
        .map(all -> all.stream().map(DeliveryView::of).toList());
  }

  /** Tries a failed delivery again. */
  public Uni<DeliveryView> retry(ProjectScope scope, UUID run, UUID id) {
    return transactions
        .in(session -> deliveries.retry(session, scope, run, id))
        .flatMap(begun -> ofRun(scope, run))
        .map(all -> retried(all, id));
  }

  private static DeliveryView retried(List<DeliveryView> all, UUID id) {
    DeliveryView found =
        all.stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new DeliveryProblem.DeliveryNotFound(id.toString()).exception());
    if (found.state().equals(Delivery.DELIVERED)) {
      throw new DeliveryProblem.DeliveryOver(id.toString()).exception();
    }
    return found;
  }

  /** The version that a run made. */
  public record Sealed(UUID runId, UUID datasetId, VersionRef version) {}
}
