package dev.sluice.processing.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.NeighboursResource;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets a place on Ray's head; every test rolls back what it does. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class RunAdmissionTest {
  private static final Duration AGES = Duration.ofMinutes(5);

  @Inject RunRepository repository;
  @Inject Mutiny.SessionFactory sessions;
  private final List<Run> waiting = new ArrayList<>();
  private final List<Consumer<RunEntity>> changes = new ArrayList<>();

  @BeforeEach
  void nobodyWaits() {
    waiting.clear();
    changes.clear();
  }

  @Test
  void givesNoMorePlacesThanThereAre() {
    // Given
    for (int i = 0; i < 5; i++) {
      waits("calm", 5, 0);
    }

    // Then
    assertThat(admitted(3, 3)).hasSize(3);
  }

  @Test
  void letsTheHighestPriorityGoFirst() {
    // Given
    waits("calm", 5, 200);
    RunId urgent = waits("calm", 9, 0);

    // Then
    assertThat(admitted(1, 1)).containsExactly(urgent);
  }

  @Test
  void letsTheOlderGoFirstAmongEquals() {
    // Given
    waits("calm", 5, 10);
    RunId older = waits("calm", 5, 60);

    // Then
    assertThat(admitted(1, 1)).containsExactly(older);
  }

  @Test
  void letsNobodyWaitForEver() {
    // Given
    RunId humble = waits("calm", 0, Duration.ofMinutes(51).toSeconds());
    waits("calm", 9, 0);

    // Then
    assertThat(admitted(1, 1)).containsExactly(humble);
  }

  @Test
  void sharesPlacesAmongProjects() {
    // Given
    RunId first = waits("busy", 5, 100);
    waits("busy", 5, 90);
    waits("busy", 5, 80);
    RunId other = waits("quiet", 5, 0);

    // Then
    assertThat(admitted(2, 1)).containsExactlyInAnyOrder(first, other);
  }

  @Test
  void countsWhatAProjectHasAlready() {
    // Given
    RunId first = waits("busy", 5, 100);
    waits("busy", 5, 90);
    RunId other = waits("quiet", 5, 0);

    // When
    List<RunId> admitted =
        inRolledBack(session -> admit(session, 1).chain(() -> admit(session, 2)));

    // Then
    assertThat(admitted).containsExactlyInAnyOrder(first, other);
  }

  @Test
  void leavesOutWhoIsNotReady() {
    // Given
    waits("calm", 9, 0, row -> row.recipeDigest = null);
    waits("calm", 9, 0, row -> row.retryAt = Instant.now().plusSeconds(60));
    waits("calm", 9, 0, row -> row.cancelRequestedBy = "ada");
    RunId ready = waits("calm", 1, 0);

    // Then
    assertThat(admitted(4, 1)).containsExactly(ready);
  }

  private RunId waits(String project, int priority, long seconds) {
    return waits(project, priority, seconds, row -> {});
  }

  private RunId waits(String project, int priority, long seconds, Consumer<RunEntity> change) {
    Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS).minusSeconds(seconds);
    Run run =
        new Run(
            new RunId(UUID.randomUUID()),
            project,
            ManifestReader.read(ManifestText.yaml(Manifests.runnable(project))),
            "ada",
            List.of(),
            at,
            at.plusSeconds(6_000),
            new Requested(1),
            new VersionRef("docs", "v1"),
            null,
            null,
            null,
            null,
            RunDetails.fresh(priority, null));
    waiting.add(run);
    changes.add(change);
    return run.id();
  }

  private List<RunId> admitted(int places, int times) {
    return inRolledBack(
        session ->
            Multi.createFrom()
                .range(0, times)
                .onItem()
                .transformToUniAndConcatenate(i -> admit(session, places).replaceWith(i))
                .collect()
                .last()
                .replaceWithVoid());
  }

  private Uni<Void> admit(Mutiny.Session session, int places) {
    return repository.admitAnyProject(session, places, AGES);
  }

  private List<RunId> inRolledBack(Function<Mutiny.Session, Uni<Void>> work) {
    return Await.await(
        () ->
            sessions.withTransaction(
                (session, tx) -> {
                  tx.markForRollback();
                  return session
                      .createNativeQuery("delete from processing.run_place")
                      .executeUpdate()
                      .chain(
                          () ->
                              session
                                  .createNativeQuery(
                                      "update processing.run set state = 'failed' where state ="
                                          + " 'requested'")
                                  .executeUpdate())
                      .chain(() -> session.persistAll(rows()))
                      .chain(session::flush)
                      .chain(() -> work.apply(session))
                      .chain(
                          () ->
                              session
                                  .createNativeQuery(
                                      "select run_id from processing.run_place order by number",
                                      UUID.class)
                                  .getResultList())
                      .map(ids -> ids.stream().map(RunId::new).toList());
                }));
  }

  private Object[] rows() {
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      RunEntity row = RunColumns.fresh(waiting.get(i));
      row.recipeDigest = "sha256:r";
      changes.get(i).accept(row);
      rows.add(row);
    }
    return rows.toArray();
  }
}
