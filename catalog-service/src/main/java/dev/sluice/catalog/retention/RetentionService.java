package dev.sluice.catalog.retention;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.retention.RetentionProblem.NoRetentionRule;
import dev.sluice.catalog.retention.RetentionRepository.Due;
import dev.sluice.catalog.retention.RetentionRepository.Setting;
import dev.sluice.catalog.retention.Verdict.Step;
import dev.sluice.catalog.version.StateService;
import dev.sluice.catalog.version.StateService.Retirement;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rules and carries them out, a dataset for each transaction, with the dataset locked: no
 * alias is moved and no draft begins while its versions are judged.
 */
@ApplicationScoped
class RetentionService {
  private static final String BY = "retention";

  /** Steps that one transaction takes; the next look takes more. */
  private static final int AT_ONCE = 100;

  private final Transactions transactions;
  private final DatasetLineService datasets;
  private final VersionLookupService lookup;
  private final StateService states;
  private final RetentionRepository rules;
  private final AuditService audit;
  private final RetentionConfig config;
  private final Clock clock;

  RetentionService(
      Transactions transactions,
      DatasetLineService datasets,
      VersionLookupService lookup,
      StateService states,
      RetentionRepository rules,
      AuditService audit,
      RetentionConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.datasets = datasets;
    this.lookup = lookup;
    this.states = states;
    this.rules = rules;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
  }

  /** The rule; 404 when there is none. */
  Uni<RetentionRule> get(ProjectScope scope, String dataset) {
    return transactions.reading(
        session -> datasets.get(session, scope, dataset).flatMap(d -> ruleOf(session, scope, d)));
  }

  Uni<RetentionRule> put(
      ProjectScope scope, String dataset, RetentionRule wanted, @Nullable String reason) {
    RetentionRule rule = wanted.checked();
    String why = AuditService.reason(reason);
    return transactions.in(
        session ->
            datasets
                .lock(session, scope, dataset)
                .call(
                    d ->
                        rules.put(
                            session,
                            scope,
                            new Setting(d.id().value(), rule, scope.caller(), clock.instant())))
                .call(
                    d ->
                        audit.record(
                            session,
                            scope,
                            entry(AuditAction.RETENTION_SET, d)
                                .because(why)
                                .with("keepLast", rule.keepLast())
                                .with("keepDays", rule.keepDays())
                                .with("keepReleased", rule.keepReleased())))
                .replaceWith(rule));
  }

  /** From now on all versions are kept. */
  Uni<Void> remove(ProjectScope scope, String dataset, @Nullable String reason) {
    String why = AuditService.reason(reason);
    return transactions.in(
        session ->
            datasets
                .lock(session, scope, dataset)
                .flatMap(
                    d ->
                        rules
                            .remove(session, scope, d.id().value())
                            .flatMap(
                                removed ->
                                    removed == 0
                                        ? Uni.createFrom().voidItem()
                                        : audit.record(
                                            session,
                                            scope,
                                            entry(AuditAction.RETENTION_REMOVED, d)
                                                .because(why)))));
  }

  /** What the rule, or another one, would do now; nothing is done. */
  Uni<List<Verdict>> plan(ProjectScope scope, String dataset, RetentionRule other) {
    boolean own = other.keepLast() == null && other.keepDays() == null;
    return transactions.reading(
        session ->
            datasets
                .get(session, scope, dataset)
                .flatMap(
                    d ->
                        (own ? ruleOf(session, scope, d) : Uni.createFrom().item(other.checked()))
                            .flatMap(rule -> verdicts(session, scope, d, rule))));
  }

  @Scheduled(
      every = "${sluice.retention.look-every:60s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return Uni.createFrom()
        .deferred(this::one)
        .repeat()
        .whilst(more -> more)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Whether there may be another rule that is due. */
  private Uni<Boolean> one() {
    Instant now = clock.instant();
    return transactions.in(
        session ->
            rules
                .takeAnyProject(session, now.minus(config.every()), now)
                .flatMap(
                    due ->
                        due.isPresent()
                            ? carryOut(session, due.orElseThrow()).replaceWith(true)
                            : Uni.createFrom().item(false)));
  }

  private Uni<Void> carryOut(Mutiny.Session session, Due due) {
    ProjectScope scope = ProjectScope.system(due.project());
    return datasets
        .lock(session, scope, new DatasetId(due.dataset()))
        .flatMap(
            found ->
                found.isEmpty() || found.orElseThrow().trashed()
                    ? Uni.createFrom().voidItem()
                    : carryOut(session, scope, found.orElseThrow()));
  }

  private Uni<Void> carryOut(Mutiny.Session session, ProjectScope scope, Dataset dataset) {
    return ruleOf(session, scope, dataset)
        .flatMap(rule -> verdicts(session, scope, dataset, rule))
        .toMulti()
        .onItem()
        .transformToIterable(
            all ->
                all.stream().filter(verdict -> verdict.step() != Step.KEEP).limit(AT_ONCE).toList())
        .onItem()
        .transformToUniAndConcatenate(verdict -> take(session, scope, dataset, verdict))
        .collect()
        .last()
        .invoke(() -> CrashPoint.hit("catalog.retention.beforeCommit"))
        .replaceWithVoid();
  }

  private Uni<Void> take(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, Verdict verdict) {
    Retirement how = new Retirement(verdict.step() == Step.PURGE, BY, verdict.why());
    return lookup
        .lock(session, scope, dataset.name(), verdict.version())
        .flatMap(locked -> states.retire(session, scope, locked, how))
        .replaceWithVoid();
  }

  private Uni<List<Verdict>> verdicts(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, RetentionRule rule) {
    Instant now = clock.instant();
    return rules
        .candidates(session, scope, dataset.id().value())
        .map(all -> all.stream().map(c -> Verdict.of(rule, c, now, config.purgeAfter())).toList());
  }

  private Uni<RetentionRule> ruleOf(Mutiny.Session session, ProjectScope scope, Dataset dataset) {
    return rules
        .find(session, scope, dataset.id().value())
        .map(found -> found.orElseThrow(() -> new NoRetentionRule(dataset.name()).exception()));
  }

  private static AuditEntry entry(AuditAction action, Dataset dataset) {
    return AuditEntry.of(action, dataset.id().value(), dataset.name());
  }
}
