package dev.sluice.processing.automation;

import dev.sluice.processing.automation.AutomationProblem.TriggerExists;
import dev.sluice.processing.automation.AutomationProblem.TriggerNotFound;
import dev.sluice.processing.automation.Trigger.Kind;
import dev.sluice.processing.automation.TriggerRequest.Checked;
import dev.sluice.processing.automation.TriggerView.FiringView;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Keeps triggers. */
@ApplicationScoped
class TriggerService {
  private static final int NOT_FOUND = 404;

  private final Transactions transactions;
  private final TriggerRepository triggers;
  private final TemplateRepository templates;
  private final FiringRepository firings;
  private final ProjectAccess access;

  TriggerService(
      Transactions transactions,
      TriggerRepository triggers,
      TemplateRepository templates,
      FiringRepository firings,
      ProjectAccess access) {
    this.transactions = transactions;
    this.triggers = triggers;
    this.templates = templates;
    this.firings = firings;
    this.access = access;
  }

  /** Keeps a new trigger, whose runs are the caller's. */
  Uni<Trigger> create(ProjectScope scope, Checked wanted) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Trigger trigger = of(UUID.randomUUID(), scope, wanted, false, now);
    return transactions.in(
        session ->
            check(session, scope, wanted)
                .chain(() -> triggers.insert(session, scope, trigger))
                .map(
                    written -> {
                      if (!written) {
                        throw new TriggerExists(wanted.name()).exception();
                      }
                      return trigger;
                    }));
  }

  /** Its template is there, and takes its values as far as that is known before an occasion. */
  private Uni<Void> check(Mutiny.Session session, ProjectScope scope, Checked wanted) {
    Occasion some =
        wanted.kind() == Kind.SCHEDULE
            ? Occasion.tick(scope.project(), Instant.EPOCH, java.time.ZoneOffset.UTC)
            : Occasion.version(scope.project(), "some", "v1", Instant.EPOCH);
    return templates
        .find(session, scope, wanted.template(), wanted.templateNumber())
        .map(
            found ->
                found.orElseThrow(
                    () -> new AutomationProblem.TemplateNotFound(wanted.template()).exception()))
        .invoke(template -> Filling.fill(template, wanted.values(), some.values()))
        .replaceWithVoid();
  }

  private static Trigger of(
      UUID id, ProjectScope scope, Checked wanted, boolean paused, Instant now) {
    Trigger trigger =
        new Trigger(
            id,
            scope.project(),
            wanted.name(),
            wanted.kind(),
            wanted.dataset(),
            wanted.cron(),
            wanted.zone(),
            wanted.template(),
            wanted.templateNumber(),
            wanted.values(),
            paused,
            scope.caller(),
            now,
            null);
    return due(trigger, now);
  }

  /** The trigger, due at its first tick after that instant when it is a schedule. */
  static Trigger due(Trigger trigger, Instant now) {
    @Nullable Instant next =
        trigger.kind() == Kind.SCHEDULE
            ? CronTimes.read(trigger.cron(), trigger.zone())
                .flatMap(times -> times.after(now))
                .orElse(null)
            : null;
    return new Trigger(
        trigger.id(),
        trigger.project(),
        trigger.name(),
        trigger.kind(),
        trigger.dataset(),
        trigger.cron(),
        trigger.zone(),
        trigger.template(),
        trigger.templateNumber(),
        trigger.values(),
        trigger.paused(),
        trigger.createdBy(),
        trigger.createdAt(),
        next);
  }

  /** The triggers of a project, by name. */
  Uni<List<Trigger>> list(ProjectScope scope) {
    return transactions.reading(session -> triggers.list(session, scope));
  }

  /** One trigger, when the caller has the method's role in its project. */
  Uni<Found> get(String id) {
    UUID known = idOf(id);
    return transactions
        .reading(session -> triggers.findAnyProject(session, known))
        .map(found -> found.orElseThrow(() -> absent(id)))
        .flatMap(
            trigger ->
                access
                    .scope(trigger.project())
                    .onFailure(TriggerService::isStranger)
                    .transform(e -> absent(id))
                    .map(scope -> new Found(scope, trigger)));
  }

  /** Gives a trigger other fields; its runs are the caller's from now on. */
  Uni<Trigger> replace(Found found, Checked wanted) {
    Trigger before = found.trigger();
    if (!before.name().equals(wanted.name())) {
      throw InvalidRequest.of("name", wanted.name(), before.name()).exception();
    }
    Trigger after = of(before.id(), found.scope(), wanted, before.paused(), before.createdAt());
    Trigger fresh = due(after, Instant.now());
    return transactions.in(
        session ->
            check(session, found.scope(), wanted)
                .chain(() -> triggers.update(session, found.scope(), fresh))
                .replaceWith(fresh));
  }

  /** Stops a trigger, or lets it go on; what happened in between is passed over. */
  Uni<Trigger> pause(Found found, boolean paused) {
    Trigger due = due(found.trigger(), Instant.now());
    return transactions
        .in(session -> triggers.pause(session, found.scope(), due, paused))
        .chain(() -> get(found.trigger().id().toString()))
        .map(Found::trigger);
  }

  Uni<Void> delete(Found found) {
    return transactions
        .in(session -> triggers.delete(session, found.scope(), found.trigger().id()))
        .replaceWithVoid();
  }

  /** What a trigger did, newest first. */
  Uni<Page<FiringView>> history(Found found, PageRequest page) {
    return transactions
        .reading(session -> firings.history(session, found.scope(), found.trigger().id(), page))
        .map(rows -> Page.of(rows, page, row -> String.valueOf(row.id())));
  }

  private static UUID idOf(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw absent(id);
    }
  }

  private static ProblemException absent(String id) {
    return new TriggerNotFound(id).exception();
  }

  private static boolean isStranger(Throwable failure) {
    return failure instanceof ProblemException e && e.problem().status() == NOT_FOUND;
  }

  /** A trigger, and the proof that the caller may work on it. */
  record Found(ProjectScope scope, Trigger trigger) {}
}
