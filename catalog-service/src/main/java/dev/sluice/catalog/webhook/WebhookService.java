package dev.sluice.catalog.webhook;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.webhook.DeliveryRepository.Ping;
import dev.sluice.catalog.webhook.DeliveryRepository.Range;
import dev.sluice.catalog.webhook.WebhookProblem.DeliveryNotFound;
import dev.sluice.catalog.webhook.WebhookProblem.TooManyWebhooks;
import dev.sluice.catalog.webhook.WebhookProblem.WebhookNotFound;
import dev.sluice.catalog.webhook.WebhookView.Delivery;
import dev.sluice.catalog.webhook.WebhookView.Period;
import dev.sluice.catalog.webhook.WebhookView.Replayed;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Subscribes addresses, shows what was delivered and delivers it again. */
@ApplicationScoped
class WebhookService {
  private static final int MOST = 50;

  private final Transactions transactions;
  private final WebhookRepository webhooks;
  private final DeliveryRepository deliveries;
  private final WebhookClient client;
  private final AuditService audit;
  private final WebhookConfig config;
  private final Clock clock;

  WebhookService(
      Transactions transactions,
      WebhookRepository webhooks,
      DeliveryRepository deliveries,
      WebhookClient client,
      AuditService audit,
      WebhookConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.client = client;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
  }

  /** The new webhook with its secret, which is not shown again. */
  Uni<WebhookView> add(ProjectScope scope, Subscription wanted) {
    List<String> types = wanted.checkedTypes();
    String description = wanted.checkedDescription();
    Secret secret = Secret.fresh();
    return address(wanted.url())
        .map(
            url ->
                new WebhookView(
                    UUID.randomUUID(),
                    url,
                    description,
                    types,
                    !Boolean.FALSE.equals(wanted.enabled()),
                    null,
                    null,
                    scope.caller(),
                    clock.instant(),
                    null))
        .call(webhook -> transactions.in(session -> insert(session, scope, webhook, secret)))
        .map(webhook -> webhook.with(secret));
  }

  private Uni<Void> insert(
      Mutiny.Session session, ProjectScope scope, WebhookView webhook, Secret secret) {
    return webhooks
        .lockAndCount(session, scope)
        .invoke(
            count -> {
              if (count >= MOST) {
                throw new TooManyWebhooks(MOST).exception();
              }
            })
        .chain(() -> webhooks.put(session, scope, webhook))
        .chain(() -> webhooks.rotate(session, scope, webhook.id(), secret, clock.instant()))
        .chain(() -> record(session, scope, AuditAction.WEBHOOK_ADDED, webhook));
  }

  Uni<Page<WebhookView>> list(ProjectScope scope) {
    return transactions
        .reading(session -> webhooks.list(session, scope))
        .map(all -> new Page<>(all, null));
  }

  Uni<WebhookView> change(ProjectScope scope, String webhook, Subscription change) {
    change.checkedTypes();
    change.checkedDescription();
    Uni<@Nullable String> url =
        change.url() == null
            ? Uni.createFrom().nullItem()
            : address(change.url()).map(checked -> checked);
    return url.flatMap(
        checked ->
            transactions.in(
                session ->
                    lock(session, scope, webhook)
                        .map(old -> old.changed(change, checked == null ? old.url() : checked))
                        .call(changed -> webhooks.put(session, scope, changed))
                        .call(w -> record(session, scope, AuditAction.WEBHOOK_CHANGED, w))));
  }

  Uni<Void> remove(ProjectScope scope, String webhook) {
    return transactions.in(
        session ->
            lock(session, scope, webhook)
                .call(old -> webhooks.remove(session, scope, old.id()))
                .flatMap(old -> record(session, scope, AuditAction.WEBHOOK_REMOVED, old)));
  }

  /** A new secret; the one before signs along for a while. */
  Uni<WebhookView> rotate(ProjectScope scope, String webhook) {
    Secret secret = Secret.fresh();
    Instant until = clock.instant().plus(config.secretOverlap());
    return transactions.in(
        session ->
            lock(session, scope, webhook)
                .call(old -> webhooks.rotate(session, scope, old.id(), secret, until))
                .call(w -> record(session, scope, AuditAction.WEBHOOK_SECRET_ROTATED, w))
                .map(old -> old.with(secret)));
  }

  Uni<Void> ping(ProjectScope scope, String webhook) {
    return transactions.in(
        session ->
            lock(session, scope, webhook)
                .flatMap(w -> deliveries.addPing(session, scope, w.id(), ping(scope, w))));
  }

  Uni<Page<Delivery>> log(ProjectScope scope, String webhook, PageRequest page) {
    long before = page.after().isEmpty() ? Long.MAX_VALUE : number("cursor", page.after());
    return transactions
        .in(
            session ->
                lock(session, scope, webhook)
                    .flatMap(w -> deliveries.log(session, scope, w.id(), before, page.fetch())))
        .map(rows -> Page.of(rows, page, d -> Long.toString(d.id())));
  }

  /** Sends a delivery again, under the same webhook-id. */
  Uni<Replayed> replay(ProjectScope scope, String webhook, String delivery) {
    long id = number("delivery", delivery);
    return transactions.in(
        session ->
            lock(session, scope, webhook)
                .call(
                    w ->
                        deliveries
                            .replay(session, scope, w.id(), id)
                            .invoke(
                                found -> {
                                  if (found == 0) {
                                    throw new DeliveryNotFound(delivery).exception();
                                  }
                                }))
                .call(w -> record(session, scope, AuditAction.WEBHOOK_REPLAYED, w))
                .replaceWith(new Replayed(1)));
  }

  /** Sends what ended, of facts of a period, again. */
  Uni<Replayed> replay(ProjectScope scope, String webhook, Period period) {
    Instant from = period.from();
    Instant to = period.to();
    if (from == null || to == null || !from.isBefore(to)) {
      throw InvalidRequest.of("from", from + " to " + to, "from and a later to").exception();
    }
    Range range = new Range(from, to, Boolean.TRUE.equals(period.failedOnly()));
    return transactions.in(
        session ->
            lock(session, scope, webhook)
                .call(w -> record(session, scope, AuditAction.WEBHOOK_REPLAYED, w))
                .flatMap(w -> deliveries.replay(session, scope, w.id(), range))
                .map(Replayed::new));
  }

  private Uni<WebhookView> lock(Mutiny.Session session, ProjectScope scope, String webhook) {
    return webhooks
        .lock(session, scope, id(webhook))
        .map(found -> found.orElseThrow(() -> new WebhookNotFound(webhook).exception()));
  }

  private Uni<String> address(@Nullable String url) {
    return Contexts.blocking(() -> client.checked(url));
  }

  private Uni<Void> record(
      Mutiny.Session session, ProjectScope scope, AuditAction action, WebhookView webhook) {
    return audit.record(
        session,
        scope,
        AuditEntry.of(action, webhook.id().toString()).with("enabled", webhook.enabled()));
  }

  private Ping ping(ProjectScope scope, WebhookView webhook) {
    Instant now = clock.instant();
    String payload =
        "{\"project\":\"%s\",\"webhook\":\"%s\",\"occurredAt\":\"%s\"}"
            .formatted(scope.project(), webhook.id(), now);
    return new Ping(UUID.randomUUID(), payload, now);
  }

  private static UUID id(String webhook) {
    try {
      return UUID.fromString(webhook);
    } catch (IllegalArgumentException e) {
      throw new WebhookNotFound(webhook).exception();
    }
  }

  private static long number(String field, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw InvalidRequest.of(field, text, "a number that the list of deliveries gives")
          .exception();
    }
  }
}
