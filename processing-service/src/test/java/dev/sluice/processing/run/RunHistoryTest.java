package dev.sluice.processing.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.processing.run.RunState.Active;
import dev.sluice.processing.run.RunState.AtRay;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunState.RunOutput;
import dev.sluice.processing.run.RunState.Submitted;
import dev.sluice.processing.run.RunState.Succeeded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Histories of runs against a model: replicas that think they hold a run, a Ray that loses answers,
 * jobs and heads, people who cancel, deadlines. Every replica acts on what it saw some time ago.
 */
class RunHistoryTest {
  private static final int HISTORIES = 10_000;
  private static final int LONGEST = 60;
  private static final int MOST_ATTEMPTS = 3;
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final RunOutput OUTPUT = new RunOutput("k", "0".repeat(64), 1, 2, 3);

  /** Which states may follow which, written down apart from the code. */
  private static final Map<String, Set<String>> LEGAL =
      Map.of(
          "requested", Set.of("submitted", "succeeded", "failed", "cancelled"),
          "submitted", Set.of("running", "committing", "requested", "failed", "cancelled"),
          "running", Set.of("committing", "requested", "failed", "cancelled"),
          "committing", Set.of("succeeded", "failed", "cancelled"),
          "succeeded", Set.of(),
          "failed", Set.of(),
          "cancelled", Set.of());

  @Test
  void everyHistoryGoesALegalWayToOneEnd() {
    // Given
    int[] ends = new int[4];
    int fencedOff = 0;

    // When
    for (int seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed);
      history.play();
      history.check();
      ends[history.end()]++;
      fencedOff += history.fencedOff;
    }

    // Then
    assertThat(ends).as("ended well, failed, cancelled, not ended yet").doesNotContain(0);
    assertThat(fencedOff).as("steps of replicas that had lost the run").isPositive();
  }

  private static RunEntity row() {
    return RunColumns.fresh(
        new Run(
            new RunId(new UUID(1, 2)),
            "demo",
            ManifestReader.read(ManifestText.yaml(Manifests.runnable("demo"))),
            "ada",
            List.of(),
            AT,
            AT.plusSeconds(600),
            new Requested(1),
            new VersionRef("docs", "v1"),
            null,
            null,
            null,
            null,
            RunDetails.fresh(5, null)));
  }

  /** One run, seen by two replicas of which at most one holds its lease. */
  private static final class History {
    private final int seed;
    private final Random random;
    private final RunEntity row = row();
    private final List<UUID> replicas = List.of(new UUID(7, 1), new UUID(7, 2));
    private final Map<UUID, RunState> seen = new HashMap<>();
    private final List<RunState> states = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private int fencedOff;

    private History(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      states.add(new Requested(1));
    }

    private void play() {
      for (int i = 0; i < LONGEST; i++) {
        UUID replica = replicas.get(random.nextInt(replicas.size()));
        switch (random.nextInt(5)) {
          case 0 -> claim(replica);
          case 1 -> seen.put(replica, RunColumns.toRun(row).state());
          default -> act(replica);
        }
      }
    }

    /** A lease that has run out goes to another; the one before does not know. */
    private void claim(UUID replica) {
      row.leaseOwner = replica;
      seen.put(replica, RunColumns.toRun(row).state());
    }

    private void act(UUID replica) {
      RunState known = seen.get(replica);
      if (known == null) {
        return;
      }
      try {
        RunEntity held = RunAdvance.held(new Claim(new RunId(row.id), replica), row);
        RunAdvance step = step(held, known);
        if (step != null) {
          states.add(step.after().state());
          RunFacts.of(step.after()).ifPresent(f -> facts.add(f.getClass().getSimpleName()));
          seen.put(replica, step.after().state());
        }
      } catch (ClaimLost lost) {
        fencedOff++;
      }
    }

    /** What a replica does that believes the run to be in a state. */
    private @Nullable RunAdvance step(RunEntity held, RunState known) {
      int chance = random.nextInt(100);
      if (known instanceof Ended) {
        return null;
      }
      if (chance < 4) {
        return move(held, Active.class, s -> s.cancelled("ada", AT));
      }
      if (chance < 8) {
        return move(held, Active.class, s -> s.failed(Failure.of("deadline-exceeded", "x"), AT));
      }
      return switch (known) {
        case Requested s when chance < 12 -> adopted(held);
        case Requested s -> submitted(held);
        case Submitted s when chance < 40 -> move(held, Submitted.class, o -> o.running(AT));
        case AtRay s -> observed(held, chance);
        case Committing s when chance < 60 ->
            move(held, Committing.class, o -> o.succeeded(OUTPUT, AT));
        case Committing s when chance < 70 ->
            move(held, Active.class, o -> o.failed(Failure.of("output-invalid", "x"), AT));
        default -> null;
      };
    }

    private @Nullable RunAdvance adopted(RunEntity held) {
      RunEntity source = row();
      reserve(source);
      RunColumns.apply(new Succeeded(1, null, OUTPUT, AT), source);
      if (held.outputDatasetId != null || !(RunColumns.toRun(held).state() instanceof Requested)) {
        return null;
      }
      RunOutput output = RunColumns.adopt(held, source);
      return move(held, Requested.class, s -> s.reused(output, AT));
    }

    /** A reply that was lost means handing the same attempt over again. */
    private @Nullable RunAdvance submitted(RunEntity held) {
      if (held.outputDatasetId == null) {
        reserve(held);
      }
      return random.nextInt(4) == 0
          ? null
          : move(
              held,
              Requested.class,
              s -> s.submitted(new RunId(held.id).submissionId(s.attempt()), AT));
    }

    private static void reserve(RunEntity row) {
      row.outputDatasetId = new UUID(3, 4);
      row.outputVersion = "v1";
      row.outputKeyPrefix = "dataset/chunks/v1/";
    }

    private @Nullable RunAdvance observed(RunEntity held, int chance) {
      if (chance < 60) {
        return move(held, AtRay.class, AtRay::committing);
      }
      if (chance < 85) {
        return move(
            held,
            AtRay.class,
            s ->
                s.attempt() < MOST_ATTEMPTS
                    ? s.lost()
                    : s.failed(Failure.of("ray-lost-job", "x"), AT));
      }
      return chance < 90
          ? move(held, Active.class, s -> s.failed(Failure.of("entrypoint-failed", "x"), AT))
          : null;
    }

    private static <S extends RunState> RunAdvance move(
        RunEntity held, Class<S> from, Function<S, RunState> transition) {
      return RunAdvance.move(held, from, transition, AT);
    }

    private void check() {
      for (int i = 1; i < states.size(); i++) {
        RunState before = states.get(i - 1);
        RunState after = states.get(i);
        assertThat(LEGAL.get(before.text()))
            .as("seed %d: %s after %s", seed, after.text(), before.text())
            .contains(after.text());
        boolean another = before instanceof AtRay && after instanceof Requested;
        assertThat(after.attempt())
            .as("seed %d: attempt of %s after %s", seed, after, before)
            .isEqualTo(before.attempt() + (another ? 1 : 0));
      }
      long ended = states.stream().filter(Ended.class::isInstance).count();
      assertThat(ended).as("seed %d: ends", seed).isLessThanOrEqualTo(1);
      assertThat(facts.stream().filter(f -> !f.equals("ProcessingStarted")).count())
          .as("seed %d: %s", seed, facts)
          .isEqualTo(ended);
      assertThat(states.getLast()).as("seed %d", seed).isEqualTo(RunColumns.toRun(row).state());
      assertThat(states.getLast().attempt()).isLessThanOrEqualTo(MOST_ATTEMPTS);
      checkChores();
    }

    /** Whoever ends without output gives his draft back, and stops what Ray may have. */
    private void checkChores() {
      boolean failed = Stream.of("failed", "cancelled").anyMatch(states.getLast().text()::equals);
      boolean output = row.outputDatasetId != null;
      assertThat(row.releasePending).as("seed %d: release", seed).isEqualTo(failed && output);
      assertThat(row.sweepPending && row.reusedFrom != null).as("seed %d: sweep", seed).isFalse();
      if (failed && states.stream().anyMatch(AtRay.class::isInstance)) {
        assertThat(row.stopPending).as("seed %d: stop", seed).isTrue();
      }
    }

    private int end() {
      return switch (states.getLast()) {
        case Succeeded s -> 0;
        case RunState.Failed s -> 1;
        case RunState.Cancelled s -> 2;
        case Active s -> 3;
      };
    }
  }
}
