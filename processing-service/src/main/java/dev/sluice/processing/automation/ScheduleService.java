package dev.sluice.processing.automation;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;

/** Fires schedules that are due; of ticks that were missed, one. */
@ApplicationScoped
class ScheduleService {
  private static final int AT_ONCE = 8;

  private final Transactions transactions;
  private final TriggerRepository triggers;
  private final FiringService firing;
  private final Vertx vertx;

  ScheduleService(
      Transactions transactions, TriggerRepository triggers, FiringService firing, Vertx vertx) {
    this.transactions = transactions;
    this.triggers = triggers;
    this.firing = firing;
    this.vertx = vertx;
  }

  @Scheduled(
      every = "${sluice.automation.look-every:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return Contexts.apart(vertx, () -> transactions.in(this::fireDue));
  }

  private Uni<Void> fireDue(Mutiny.Session session) {
    return triggers.dueAnyProject(session, AT_ONCE).flatMap(due -> fireAll(session, due));
  }

  private Uni<Void> fireAll(Mutiny.Session session, List<Trigger> due) {
    Uni<Void> fired = Uni.createFrom().voidItem();
    for (Trigger trigger : due) {
      fired = fired.chain(() -> fire(session, trigger));
    }
    return fired.invoke(() -> CrashPoint.hit("automation.beforeCommit"));
  }

  private Uni<Void> fire(Mutiny.Session session, Trigger trigger) {
    Instant tick = Objects.requireNonNull(trigger.nextAt());
    Occasion occasion = Occasion.tick(trigger.project(), tick, ZoneId.of(trigger.zone()));
    return firing
        .fire(session, trigger, occasion, List.of())
        .chain(
            () ->
                triggers.pause(
                    session,
                    ProjectScope.system(trigger.project()),
                    TriggerService.due(trigger, Instant.now()),
                    false))
        .replaceWithVoid();
  }
}
