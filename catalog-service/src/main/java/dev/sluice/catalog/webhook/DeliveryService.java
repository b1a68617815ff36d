package dev.sluice.catalog.webhook;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.webhook.DeliveryRepository.Next;
import dev.sluice.catalog.webhook.DeliveryRepository.Room;
import dev.sluice.catalog.webhook.WebhookRepository.Failure;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Sends deliveries: claims what is due, sends it outside any transaction and writes down what came
 * of it. A replica that dies in between leaves a claim that ends, so another one sends again under
 * the same webhook-id: at least once.
 */
@ApplicationScoped
class DeliveryService {
  private static final Logger LOG = Logger.getLogger(DeliveryService.class);
  private static final int FORGOTTEN_AT_ONCE = 1_000;

  /** Beyond the longest attempt, for writing down what came of it. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Transactions transactions;
  private final DeliveryRepository deliveries;
  private final WebhookRepository webhooks;
  private final WebhookClient client;
  private final AuditService audit;
  private final WebhookConfig config;
  private final Vertx vertx;
  private final Clock clock;
  private final AtomicInteger underWay = new AtomicInteger();

  DeliveryService(
      Transactions transactions,
      DeliveryRepository deliveries,
      WebhookRepository webhooks,
      WebhookClient client,
      AuditService audit,
      WebhookConfig config,
      Vertx vertx,
      Clock clock) {
    this.transactions = transactions;
    this.deliveries = deliveries;
    this.webhooks = webhooks;
    this.client = client;
    this.audit = audit;
    this.config = config;
    this.vertx = vertx;
    this.clock = clock;
  }

  @Scheduled(
      every = "${sluice.webhook.look-every:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return Contexts.apart(vertx, this::claim).invoke(this::start).replaceWithVoid();
  }

  @Scheduled(every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    Instant before = clock.instant().minus(config.keep());
    return Contexts.apart(vertx, () -> forget(before))
        .repeat()
        .whilst(forgotten -> forgotten == FORGOTTEN_AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Integer> forget(Instant before) {
    return transactions.in(
        session -> deliveries.forgetAnyProject(session, before, FORGOTTEN_AT_ONCE));
  }

  private Uni<List<Message>> claim() {
    int limit = config.parallelism() - underWay.get();
    if (limit <= 0) {
      return Uni.createFrom().item(List.of());
    }
    Instant now = clock.instant();
    Room room =
        new Room(now, now.plus(config.timeout()).plus(MARGIN), config.parallelismOfOne(), limit);
    return transactions.in(session -> deliveries.claimAnyProject(session, room));
  }

  private void start(List<Message> claimed) {
    underWay.addAndGet(claimed.size());
    for (Message message : claimed) {
      Contexts.apart(vertx, () -> deliver(message))
          .onTermination()
          .invoke(underWay::decrementAndGet)
          .chain(this::look)
          .subscribe()
          .with(
              done -> LOG.debugf("delivered: eventId=%s", message.eventId()),
              failure ->
                  LOG.warnf(
                      "delivery waits: project=%s eventId=%s reason=%s",
                      message.project(), message.eventId(), failure));
    }
  }

  private Uni<Void> deliver(Message message) {
    return Contexts.blocking(() -> client.send(message))
        .invoke(attempt -> CrashPoint.hit("catalog.webhook.afterSend"))
        .flatMap(attempt -> transactions.in(session -> record(session, message, attempt)));
  }

  private Uni<Void> record(Mutiny.Session session, Message message, Attempt attempt) {
    ProjectScope scope = ProjectScope.system(message.project());
    return deliveries
        .record(session, scope, message, attempt, next(message, attempt))
        .flatMap(
            valid -> {
              if (!valid) {
                return Uni.createFrom().voidItem();
              }
              return attempt.taken()
                  ? webhooks.succeeded(session, scope, message.webhook())
                  : failed(session, scope, message, attempt);
            });
  }

  private Uni<Void> failed(
      Mutiny.Session session, ProjectScope scope, Message message, Attempt attempt) {
    Instant now = clock.instant();
    Failure failure = new Failure(now, now.minus(config.disableAfter()), attempt.unwanted());
    AuditEntry off =
        AuditEntry.of(AuditAction.WEBHOOK_CHANGED, message.webhook().toString())
            .because(attempt.unwanted() ? "410 Gone" : "failed too long")
            .with("enabled", false);
    return webhooks
        .failed(session, scope, message.webhook(), failure)
        .flatMap(
            switchedOff ->
                switchedOff ? audit.record(session, scope, off) : Uni.createFrom().voidItem());
  }

  private Next next(Message message, Attempt attempt) {
    if (attempt.taken()) {
      return new Next("delivered", attempt.at());
    }
    List<Duration> schedule = config.schedule();
    return message.tries() < schedule.size()
        ? new Next("pending", clock.instant().plus(schedule.get(message.tries())))
        : new Next("failed", attempt.at());
  }
}
