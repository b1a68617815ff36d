package dev.sluice.upload.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.upload.importing.ImportState.Cancelled;
import dev.sluice.upload.importing.ImportState.Failed;
import dev.sluice.upload.importing.ImportState.Live;
import dev.sluice.upload.importing.ImportState.Requested;
import dev.sluice.upload.importing.ImportState.Running;
import dev.sluice.upload.importing.ImportState.Succeeded;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImportStateTest {
  private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant NOW = THEN.plusSeconds(60);

  @Test
  void goesFromRequestToSealedVersion() {
    ImportState end = new Requested(THEN).running(THEN).committing(THEN).succeeded(NOW);
    assertThat(end).isEqualTo(new Succeeded(NOW));
    assertThat(end.label()).isEqualTo("succeeded");
  }

  @Test
  void endsWithoutAVersionWhenNothingChanged() {
    assertThat(new Running(THEN).unchanged(NOW).label()).isEqualTo("unchanged");
  }

  @Test
  void keepsWhyItFailedAndIsAskedForAgain() {
    // When
    Failed failed = new Running(THEN).failed("source-gone", "It is gone.", NOW);

    // Then
    assertThat(failed.code()).isEqualTo("source-gone");
    assertThat(failed.retried(NOW)).isEqualTo(new Requested(NOW));
  }

  @Test
  void isStoppedOnlyBeforeTheCatalogHasIt() {
    assertThat(new Requested(THEN).cancelled("ada", NOW)).isEqualTo(new Cancelled("ada", NOW));
    assertThat(new Running(THEN)).isInstanceOf(Live.class);
    assertThat((ImportState) new Running(THEN).committing(NOW)).isNotInstanceOf(Live.class);
  }
}
