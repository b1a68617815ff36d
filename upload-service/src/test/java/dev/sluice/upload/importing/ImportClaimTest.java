package dev.sluice.upload.importing;

import static dev.sluice.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ImportEvent.Place;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.upload.component.CatalogFake;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/**
 * Who may work on an import, and when a schedule asks for one; in a time that no replica lives to
 * see.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class ImportClaimTest {
  private static final Instant NOW = Instant.parse("2100-01-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  @Inject Transactions transactions;
  @Inject ImportRepository imports;
  @Inject ClaimRepository claims;
  @Inject HoldService holds;
  @Inject ScheduleRepository schedules;
  @Inject ScheduleService scheduling;
  @Inject Vertx vertx;

  @Test
  void anotherReplicaTakesOverWhenTheLeaseIsOverAndTheFirstWritesNoMore() {
    // Given
    String project = aProject();
    requested(project, "books", NOW);

    // When
    Claim first = claimed(project, ONE, NOW).getFirst();
    List<Claim> tooEarly = claimed(project, OTHER, NOW.plusSeconds(29));
    Claim second = claimed(project, OTHER, NOW.plusSeconds(31)).getFirst();

    // Then
    assertThat(tooEarly).isEmpty();
    assertThat(second.id()).isEqualTo(first.id());
    assertThatThrownBy(() -> state(first)).isInstanceOf(CancellationException.class);
    assertThat(state(second)).isEqualTo("running");
    Set<ImportId> renewed = run(s -> claims.renewAnyProject(s, ONE, List.of(first.id()), NOW));
    assertThat(renewed).isEmpty();
  }

  @Test
  void importsOfOneDatasetAreWorkedOnOneAfterAnother() {
    // Given
    String project = aProject();
    Import first = requested(project, "books", NOW);
    requested(project, "books", NOW.plusSeconds(1));
    Import beside = requested(project, "films", NOW.plusSeconds(2));

    // When
    List<Claim> taken = claimed(project, ONE, NOW.plusSeconds(3));

    // Then
    assertThat(taken).extracting(Claim::id).containsExactlyInAnyOrder(first.id(), beside.id());
  }

  @Test
  void scheduleAsksOnceForEachPeriodHoweverManyReplicasLook() {
    // Given
    String project = aProject();
    ProjectScope scope = ProjectScope.system(project);
    Schedule schedule =
        new Schedule(
            UUID.randomUUID(),
            order(project, "books"),
            new Period(Duration.ofHours(6)),
            "ada",
            NOW,
            NOW.plus(Duration.ofHours(6)));
    run(s -> schedules.insert(s, scope, schedule));

    // When
    fire(NOW.plus(Duration.ofHours(5)));
    long early = count(project);
    Uni.join()
        .all(firing(NOW.plus(Duration.ofHours(7))), firing(NOW.plus(Duration.ofHours(7))))
        .andFailFast()
        .await()
        .atMost(Duration.ofSeconds(30));
    long once = count(project);
    fire(NOW.plus(Duration.ofHours(13)));

    // Then
    assertThat(early).isZero();
    assertThat(once).isEqualTo(1);
    assertThat(count(project)).as("the first one has not ended").isEqualTo(1);
    Optional<Schedule> after = run(s -> schedules.findAnyProject(s, schedule.id()));
    assertThat(after.orElseThrow().nextAt()).isEqualTo(NOW.plus(Duration.ofHours(18)));
  }

  private void fire(Instant at) {
    firing(at).await().atMost(Duration.ofSeconds(30));
  }

  private Uni<Void> firing(Instant at) {
    return Contexts.apart(vertx, () -> scheduling.fire(at));
  }

  private long count(String project) {
    ProjectScope scope = ProjectScope.system(project);
    List<Import> all =
        run(s -> imports.page(s, scope, new ImportFilter("", ""), new PageRequest(100, "")));
    return all.size();
  }

  private String state(Claim claim) {
    return Contexts.apart(
            vertx,
            () -> holds.held(claim, locked -> Uni.createFrom().item(locked.job().state().label())))
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  private List<Claim> claimed(String project, UUID owner, Instant at) {
    List<Claim> all = run(s -> claims.claimAnyProject(s, owner, at, at.plus(LEASE), 100));
    return all.stream().filter(claim -> claim.scope().project().equals(project)).toList();
  }

  private Import requested(String project, String dataset, Instant at) {
    Import job =
        Import.requested(
            new ImportId(UUID.randomUUID()), order(project, dataset), "ada", Optional.empty(), at);
    run(s -> imports.insert(s, ProjectScope.system(project), job, ""));
    return job;
  }

  private static ImportOrder order(String project, String dataset) {
    return new ImportOrder(
        project,
        dataset,
        Optional.empty(),
        List.of(new Place("https://example.org/a.txt", null, null)),
        "",
        false);
  }

  private static String aProject() {
    return "claims-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private <T> T run(Function<Mutiny.Session, Uni<T>> work) {
    return await(() -> transactions.in(work));
  }
}
