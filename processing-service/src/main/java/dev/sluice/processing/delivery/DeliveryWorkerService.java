package dev.sluice.processing.delivery;

import dev.sluice.processing.delivery.Courier.Load;
import dev.sluice.processing.delivery.DeliveryFault.Kind;
import dev.sluice.processing.delivery.DeliveryRepository.Next;
import dev.sluice.processing.delivery.DeliveryRepository.Sums;
import dev.sluice.processing.reservation.CatalogAway;
import dev.sluice.processing.reservation.CatalogClient;
import dev.sluice.processing.reservation.CatalogRefused;
import dev.sluice.processing.reservation.InputFile;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.Failures;
import dev.sluice.support.storage.ObjectStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works deliveries off: claims what is due, brings it outside any transaction, renews its claim
 * meanwhile and writes down what came of it. A replica that dies leaves a claim that ends; another
 * brings what is missing.
 */
@ApplicationScoped
class DeliveryWorkerService {
  private static final Logger LOG = Logger.getLogger(DeliveryWorkerService.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 16;

  private final Transactions transactions;
  private final DeliveryRepository deliveries;
  private final PlaceService places;
  private final CatalogClient catalog;
  private final VectorClient vectors;
  private final ObjectStore store;
  private final DeliveryConfig config;
  private final Vertx vertx;
  private final Map<UUID, Journey> underWay = new ConcurrentHashMap<>();

  DeliveryWorkerService(
      Transactions transactions,
      DeliveryRepository deliveries,
      PlaceService places,
      CatalogClient catalog,
      VectorClient vectors,
      ObjectStore store,
      DeliveryConfig config,
      Vertx vertx) {
    this.transactions = transactions;
    this.deliveries = deliveries;
    this.places = places;
    this.catalog = catalog;
    this.vectors = vectors;
    this.store = store;
    this.config = config;
    this.vertx = vertx;
  }

  @Scheduled(
      every = "${sluice.deliveries.look-every:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    int room = config.parallelism() - underWay.size();
    return room <= 0
        ? Uni.createFrom().voidItem()
        : Contexts.apart(
                vertx,
                () ->
                    transactions.in(
                        session -> deliveries.claimAnyProject(session, config.lease(), room)))
            .invoke(claimed -> claimed.forEach(this::start))
            .replaceWithVoid();
  }

  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> renew() {
    return Multi.createFrom()
        .iterable(List.copyOf(underWay.values()))
        .onItem()
        .transformToUniAndConcatenate(
            journey -> Contexts.apart(vertx, () -> transactions.in(s -> renew(s, journey))))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> renew(Mutiny.Session session, Journey journey) {
    Delivery held = journey.delivery();
    return deliveries
        .renew(session, ProjectScope.system(held.project()), held, journey.sums(), config.lease())
        .invoke(
            mine -> {
              if (!mine) {
                journey.takenOver();
              }
            })
        .replaceWithVoid();
  }

  private void start(Delivery delivery) {
    Journey journey = new Journey(delivery);
    underWay.put(delivery.id(), journey);
    Contexts.apart(vertx, () -> deliver(journey))
        .onTermination()
        .invoke(() -> underWay.remove(delivery.id(), journey))
        .chain(this::look)
        .subscribe()
        .with(
            done -> LOG.debugf("delivery looked after: %s", delivery.id()),
            failure ->
                LOG.warnf(
                    "delivery waits: project=%s runId=%s reason=%s",
                    delivery.project(), delivery.runId(), failure));
  }

  private Uni<Void> deliver(Journey journey) {
    Delivery delivery = journey.delivery();
    Uni<Next> work =
        delivery.target().kind() == Target.Kind.QDRANT
            ? vectors.index(delivery).map(DeliveryWorkerService::afterIndex)
            : catalog
                .files(delivery.project(), delivery.version(), path -> true)
                .flatMap(files -> Contexts.blocking(() -> carried(journey, files)));
    return work.onFailure()
        .recoverWithItem(failure -> after(journey, failure))
        .flatMap(next -> transactions.in(session -> record(session, delivery, next)));
  }

  private Next carried(Journey journey, List<InputFile> files) {
    Delivery delivery = journey.delivery();
    journey.begins(files);
    Load load =
        new Load(
            delivery.project(), delivery.version().dataset(), delivery.version().version(), files);
    try (Place place = places.open(delivery)) {
      new Courier(load, item -> open(delivery, item), journey).carry(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Next(Delivery.DELIVERED, "", "", true, Instant.now(), journey.sums());
  }

  private InputStream open(Delivery delivery, Item item) throws StoreAway {
    try {
      return store.open(
          store.bucketOf(delivery.project()), Objects.requireNonNull(item.objectKey()), 0);
    } catch (IOException e) {
      throw new StoreAway("the object store: " + e.getMessage(), e);
    }
  }

  private static Next afterIndex(VectorClient.Indexed index) {
    Sums sums = new Sums(index.points(), index.points(), 0, 0);
    return index.done()
        ? new Next(Delivery.DELIVERED, "", "", true, Instant.now(), sums)
        : new Next(
            Delivery.PENDING,
            "",
            "waits for the index: " + index.saying(),
            false,
            Instant.now().plus(LOOK_AGAIN),
            sums);
  }

  /** What a failure means: wait where Sluice is to blame, try again or end where the place is. */
  private Next after(Journey journey, Throwable failure) {
    Delivery delivery = journey.delivery();
    DeliveryFault fault = faultOf(failure);
    if (fault == null) {
      LOG.infof(
          "delivery waits: project=%s runId=%s reason=%s",
          delivery.project(), delivery.runId(), failure.getMessage());
      return new Next(
          Delivery.PENDING,
          "",
          "waits: " + failure.getMessage(),
          false,
          Instant.now().plus(config.rest()),
          journey.sums());
    }
    boolean again = fault.kind().again() && delivery.tries() + 1 < config.tries();
    return new Next(
        again ? Delivery.PENDING : Delivery.FAILED,
        fault.kind().code(),
        String.valueOf(fault.getMessage()),
        true,
        Instant.now().plus(rest(delivery.tries())),
        journey.sums());
  }

  private Duration rest(int tries) {
    long millis = config.rest().toMillis() << Math.min(tries, MOST_DOUBLINGS);
    return Duration.ofMillis(Math.min(millis, config.longestRest().toMillis()));
  }

  /** The fault of the place; null when a part of Sluice is away. */
  private static @Nullable DeliveryFault faultOf(Throwable failure) {
    Throwable cause =
        failure instanceof UncheckedIOException unchecked
            ? Objects.requireNonNull(unchecked.getCause())
            : failure;
    return switch (cause) {
      case StoreAway e -> null;
      case CatalogAway e -> null;
      case CatalogRefused e ->
          new DeliveryFault(Kind.VERSION_GONE, "the catalog refuses: " + e.getMessage(), e);
      case DeliveryFault e -> e;
      case IOException e -> DeliveryFault.of(e);
      case RuntimeException e when Failures.isTransient(e) -> null;
      default -> {
        LOG.errorf(failure, "delivery failed");
        yield new DeliveryFault(Kind.AWAY, cause.toString(), cause);
      }
    };
  }

  private Uni<Void> record(Mutiny.Session session, Delivery delivery, Next next) {
    CrashPoint.hit("delivery.beforeRecord");
    ProjectScope scope = ProjectScope.system(delivery.project());
    return deliveries
        .record(session, scope, delivery, next)
        .flatMap(
            mine ->
                Optional.of(next)
                    .filter(known -> mine)
                    .flatMap(known -> DeliveryFacts.of(delivery, known))
                    .map(fact -> Outbox.append(session, fact))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }
}
