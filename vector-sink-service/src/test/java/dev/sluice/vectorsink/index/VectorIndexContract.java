package dev.sluice.vectorsink.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every vector index promises. */
abstract class VectorIndexContract {
  private static final UUID DATASET = new UUID(7, 7);
  private static final String RECIPE = "sha256:recipe";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final String collection = "contract-" + UUID.randomUUID();

  abstract VectorIndex index();

  @BeforeEach
  void makeCollection() {
    await(index().prepare(collection, 4));
  }

  @Test
  void preparesACollectionTwice() {
    // When
    await(index().prepare(collection, 4));

    // Then
    assertThat(count(PointFilter.dataset(DATASET))).isZero();
    assertThat(await(index().isGreen(collection))).isTrue();
  }

  @Test
  void replacesAPointOfTheSameId() {
    // Given
    Point point = point(1, new Membership(1, null, Set.of()));

    // When
    write(point);
    write(point);

    // Then
    assertThat(count(version(1))).isEqualTo(1);
    assertThat(await(index().find(collection, List.of(point.id(), new UUID(9, 9)))))
        .containsExactly(Map.entry(point.id(), point.payload().changeable()));
  }

  @Test
  void findsThePointsOfAVersionByIntervalAndBySingles() {
    // Given
    write(
        point(1, new Membership(1, null, Set.of())),
        point(2, new Membership(1, 3, Set.of())),
        point(3, new Membership(4, null, Set.of(2))),
        point(4, new Membership(3, 4, Set.of(1, 6))));

    // Then
    assertThat(IntStream.rangeClosed(1, 6).mapToLong(v -> count(version(v))))
        .containsExactly(3L, 3L, 2L, 2L, 2L, 3L);
  }

  @Test
  void amendsPayloadAndOpensAnIntervalAgain() {
    // Given
    Point point = point(1, new Membership(1, 2, Set.of()));
    write(point);
    Amendment change = new Amendment("new.md", "ff", new Membership(3, null, Set.of(1)));

    // When
    await(index().amend(collection, Map.of(point.id(), change)));

    // Then
    assertThat(await(index().find(collection, List.of(point.id()))))
        .containsEntry(point.id(), change);
    assertThat(count(version(1))).isEqualTo(1);
    assertThat(count(version(2))).isZero();
    assertThat(count(version(4))).isEqualTo(1);
    assertThat(search(version(4)).getFirst().payload().text()).isEqualTo("text 1");
  }

  @Test
  void clearsTheSinglesOfAPoint() {
    // Given
    Point point = point(1, new Membership(3, null, Set.of(1)));
    write(point);

    // When
    await(
        index()
            .amend(
                collection,
                Map.of(
                    point.id(),
                    point.payload().changeable().heldBy(new Membership(3, null, Set.of())))));

    // Then
    assertThat(count(version(1))).isZero();
    assertThat(count(version(3))).isEqualTo(1);
  }

  @Test
  void removesOnlyWhatNoOtherVersionHolds() {
    // Given
    write(
        point(1, new Membership(1, null, Set.of())),
        point(2, new Membership(2, null, Set.of())),
        point(3, new Membership(1, 2, Set.of())));
    VersionLine line = new VersionLine(new TreeSet<>(Set.of(1, 2)));

    // When
    await(index().remove(collection, PointFilter.onlyIn(DATASET, RECIPE, 2, line)));

    // Then
    assertThat(count(PointFilter.dataset(DATASET))).isEqualTo(2);
    assertThat(count(version(1))).isEqualTo(2);
  }

  @Test
  void removesFromACollectionThatIsNotThere() {
    // When
    await(index().remove("contract-none", PointFilter.dataset(DATASET)));

    // Then
    assertThat(count(PointFilter.dataset(DATASET))).isZero();
  }

  @Test
  void removesById() {
    // Given
    write(point(1, new Membership(1, null, Set.of())), point(2, new Membership(1, 2, Set.of())));

    // When
    await(index().remove(collection, List.of(new UUID(1, 1))));

    // Then
    assertThat(count(PointFilter.dataset(DATASET))).isEqualTo(1);
  }

  @Test
  void scrollsThroughEveryPointOnce() {
    // Given
    write(
        IntStream.rangeClosed(1, 25)
            .mapToObj(i -> point(i, new Membership(1 + i % 2, null, Set.of())))
            .toArray(Point[]::new));

    // When
    List<UUID> seen = new ArrayList<>();
    UUID next = null;
    do {
      PointPage page = await(index().scroll(collection, version(1), next, 5));
      seen.addAll(page.points().keySet());
      next = page.next();
    } while (next != null);

    // Then
    assertThat(seen).hasSize(12).hasSameSizeAs(new HashSet<>(seen));
  }

  @Test
  void answersWithTheNearestPointsOfTheVersion() {
    // Given
    write(
        point(1, new Membership(1, null, Set.of()), 1, 0),
        point(2, new Membership(1, null, Set.of()), 1, 1),
        point(3, new Membership(2, null, Set.of()), 1, 0.01f));

    // When
    List<ScoredPoint> hits = search(version(1));

    // Then
    assertThat(hits.stream().map(hit -> hit.payload().text())).containsExactly("text 1", "text 2");
    assertThat(hits.getFirst().score()).isCloseTo(1, within(1e-5));
    assertThat(hits.getLast().score()).isCloseTo(Math.sqrt(0.5), within(1e-5));
    assertThat(hits.getFirst().payload())
        .isEqualTo(point(1, new Membership(1, null, Set.of())).payload());
  }

  private List<ScoredPoint> search(PointFilter filter) {
    return await(index().search(collection, filter, new float[] {1, 0, 0, 0}, 10));
  }

  private long count(PointFilter filter) {
    return await(index().count(collection, filter));
  }

  private void write(Point... points) {
    await(index().upsert(collection, List.of(points)));
  }

  private static PointFilter version(int version) {
    return PointFilter.version(DATASET, RECIPE, version);
  }

  private static Point point(int number, Membership versions) {
    return point(number, versions, 1, number);
  }

  private static Point point(int number, Membership versions, float x, float y) {
    return new Point(
        new UUID(number, number),
        new float[] {x, y, 0, 0},
        new PointPayload(
            DATASET,
            "wiki",
            RECIPE,
            "key " + number,
            number,
            "text " + number,
            "digest " + number,
            "file.md",
            "aa",
            versions));
  }

  @SuppressWarnings("NullAway")
  private static <T extends @Nullable Object> T await(Uni<T> work) {
    return work.await().atMost(LIMIT);
  }
}
