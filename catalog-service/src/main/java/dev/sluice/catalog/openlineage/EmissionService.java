package dev.sluice.catalog.openlineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.lineage.Direction;
import dev.sluice.catalog.lineage.Lineage;
import dev.sluice.catalog.lineage.Lineage.VersionNode;
import dev.sluice.catalog.lineage.LineageService;
import dev.sluice.catalog.lineage.RunObserver;
import dev.sluice.catalog.openlineage.FactRepository.Due;
import dev.sluice.catalog.openlineage.FactRepository.Kept;
import dev.sluice.catalog.openlineage.OpenLineageClient.Answer;
import dev.sluice.catalog.openlineage.OpenLineageClient.Outcome;
import dev.sluice.catalog.openlineage.RunEvents.Change;
import dev.sluice.catalog.version.IndexService;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionNumber;
import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Tells the receiver what happened, in order, each at least once. Facts wait in the database from
 * the transaction of the change on; a replica that dies leaves a claim that ends.
 */
@ApplicationScoped
class EmissionService implements RunObserver {
  private static final Logger LOG = Logger.getLogger(EmissionService.class);
  private static final int MOST_DOUBLINGS = 20;

  private final Transactions transactions;
  private final FactRepository facts;
  private final IndexService versions;
  private final LineageService lineages;
  private final OpenLineageClient client;
  private final OpenLineageConfig config;
  private final AgroalDataSource database;
  private final Clock clock;

  EmissionService(
      Transactions transactions,
      FactRepository facts,
      IndexService versions,
      LineageService lineages,
      OpenLineageClient client,
      OpenLineageConfig config,
      AgroalDataSource database,
      Clock clock) {
    this.transactions = transactions;
    this.facts = facts;
    this.versions = versions;
    this.lineages = lineages;
    this.client = client;
    this.config = config;
    this.database = database;
    this.clock = clock;
  }

  /** From now on facts are kept, or not. */
  void start(@Observes StartupEvent event) {
    String sql =
        config.url().isPresent()
            ? "insert into openlineage_receiver default values on conflict do nothing"
            : "delete from openlineage_receiver";
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot say whether an OpenLineage receiver is there", e);
    }
  }

  @Override
  public Uni<Void> started(Mutiny.Session session, UUID eventId, SluiceEvent fact) {
    Kept kept = new Kept(eventId, fact.type(), fact.key(), EventJson.write(fact));
    return facts.keep(session, ProjectScope.system(fact.project()), kept);
  }

  @Scheduled(
      every = "${sluice.openlineage.look-every:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return config.url().isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.createFrom()
            .deferred(this::batch)
            .repeat()
            .whilst(more -> more)
            .collect()
            .last()
            .replaceWithVoid();
  }

  /** Whether there may be more to tell now. */
  private Uni<Boolean> batch() {
    Instant now = clock.instant();
    Instant until = now.plus(config.timeout().multipliedBy(config.batch()));
    return transactions
        .in(session -> facts.claimAnyProject(session, now, until, config.batch()))
        .flatMap(due -> tell(due).map(all -> all && !due.isEmpty()));
  }

  /** Stops at the first that the receiver does not take, so that the order stays. */
  private Uni<Boolean> tell(List<Due> due) {
    Uni<Boolean> all = Uni.createFrom().item(true);
    for (Due fact : due) {
      all = all.flatMap(so -> so ? tell(fact) : again(fact).replaceWith(false));
    }
    return all;
  }

  private Uni<Boolean> tell(Due fact) {
    return transactions
        .reading(session -> event(session, fact))
        .flatMap(
            event ->
                event.isEmpty()
                    ? told(fact).replaceWith(true)
                    : Contexts.blocking(() -> client.post(event.orElseThrow()))
                        .invoke(answer -> CrashPoint.hit("catalog.openlineage.afterPost"))
                        .flatMap(answer -> took(fact, answer)));
  }

  private Uni<Boolean> took(Due fact, Answer answer) {
    if (answer.outcome() == Outcome.AWAY) {
      LOG.warnf("OpenLineage waits: project=%s reason=%s", fact.project(), answer.reason());
      return again(fact).replaceWith(false);
    }
    if (answer.outcome() == Outcome.REFUSED) {
      LOG.errorf("OpenLineage refused: project=%s reason=%s", fact.project(), answer.reason());
    }
    return told(fact).replaceWith(true);
  }

  private Uni<Void> told(Due fact) {
    ProjectScope scope = ProjectScope.system(fact.project());
    return transactions.in(session -> facts.told(session, scope, fact.id()));
  }

  private Uni<Void> again(Due fact) {
    ProjectScope scope = ProjectScope.system(fact.project());
    long times = 1L << Math.min(fact.tries(), MOST_DOUBLINGS);
    Duration pause = config.retryAfter().multipliedBy(times);
    Duration bounded = pause.compareTo(config.retryAtMost()) < 0 ? pause : config.retryAtMost();
    return transactions.in(
        session -> facts.again(session, scope, fact.id(), clock.instant().plus(bounded)));
  }

  /** Empty when the version is not there any more. */
  private Uni<Optional<JsonNode>> event(Mutiny.Session session, Due due) {
    ProjectScope scope = ProjectScope.system(due.project());
    Told told = Told.of(due);
    return versions
        .find(session, scope, new DatasetId(told.dataset()), VersionNumber.of(told.version()))
        .flatMap(
            found ->
                found
                    .map(Version::id)
                    .map(
                        id ->
                            lineages
                                .of(session, scope, id, Direction.UP, 1)
                                .map(lineage -> event(due.project(), told, lineage)))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Optional<JsonNode> event(String project, Told told, Lineage lineage) {
    Change change = told.change();
    return lineage.nodes().stream()
        .filter(node -> node.id().equals(told.node()))
        .filter(VersionNode.class::isInstance)
        .map(VersionNode.class::cast)
        .findFirst()
        .map(
            version ->
                new RunEvents(project, config.namespace(), config.producer(), lineage)
                    .event(version, change));
  }
}
