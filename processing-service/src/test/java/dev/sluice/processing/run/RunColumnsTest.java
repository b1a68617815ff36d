package dev.sluice.processing.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunState.RunOutput;
import dev.sluice.processing.run.RunState.Submitted;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunColumnsTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  static Stream<RunState> everyState() {
    Requested requested = new Requested(1);
    Submitted submitted = requested.submitted("sluice-x-a1", AT);
    RunState.Running running = submitted.running(AT.plusSeconds(2));
    RunState.Committing committing = running.committing();
    return Stream.of(
        requested,
        submitted,
        running,
        committing,
        committing.succeeded(new RunOutput("k", "0".repeat(64), 1, 2, 3), AT),
        requested.reused(new RunOutput("k", "0".repeat(64), 1, 2, 3), AT),
        committing.shown(AT),
        running.failed(new Failure("entrypoint-failed", "why", "log"), AT),
        requested.cancelled("ada", AT),
        running.lost());
  }

  @ParameterizedTest
  @MethodSource("everyState")
  void everyStateComesBackFromItsRow(RunState state) {
    // Given
    Run run = run().in(state);

    // When
    Run back = RunColumns.toRun(RunColumns.fresh(run));

    // Then
    assertThat(back).isEqualTo(run);
  }

  @Test
  void aLostAttemptIsFollowedByTheNext() {
    // Given
    RunState.Running running = new Requested(1).submitted("s", AT).running(AT);

    // When
    Requested next = running.lost();

    // Then
    assertThat(next.attempt()).isEqualTo(2);
  }

  @Test
  void unknownTextIsAnError() {
    // Given
    RunEntity row = RunColumns.fresh(run());
    row.state = "paused";

    // Then
    assertThatThrownBy(() -> RunColumns.toRun(row)).hasMessageContaining("paused");
  }

  private static Run run() {
    return new Run(
        new RunId(new UUID(1, 2)),
        "demo",
        ManifestReader.read(ManifestText.yaml(Manifests.runnable("demo"))),
        "ada",
        List.of("a note"),
        AT,
        AT.plusSeconds(60),
        new Requested(1),
        new VersionRef("docs", "v1"),
        null,
        null,
        null,
        null,
        RunDetails.fresh(7, 20));
  }
}
