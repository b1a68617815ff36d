package dev.sluice.upload.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.ledger.UploadState.Verifying;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UploadStateTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  static Stream<UploadState> states() {
    Open open = new Open(NOW, NOW.plusSeconds(9));
    Verifying verifying = open.verifying(NOW);
    return Stream.of(
        open,
        verifying,
        verifying.completed("text/plain", "e3069283", NOW),
        verifying.ignored("image/png", "no", NOW),
        verifying.failed("broken", NOW),
        open.aborted("by ada", NOW));
  }

  @ParameterizedTest
  @MethodSource("states")
  void columnsCarryEveryState(UploadState state) {
    assertThat(UploadStateColumns.of(state).toState()).isEqualTo(state);
  }

  @ParameterizedTest
  @MethodSource("states")
  void onlyWhatCameToNothingLeavesRubbish(UploadState state) {
    boolean rubbish =
        switch (state) {
          case Aborted s -> true;
          case Ignored s -> true;
          case Failed s -> true;
          case Open s -> false;
          case Verifying s -> false;
          case Completed s -> false;
        };
    assertThat(UploadStateColumns.of(state).leavesRubbish(false)).isEqualTo(rubbish);
  }

  @Test
  void unknownTextIsAnError() {
    assertThatThrownBy(() -> new UploadStateColumns("lost", NOW, null, null, null, null).toState())
        .hasMessageContaining("lost");
  }

  @Test
  void idsAreInTheOrderOfTime() {
    assertThat(UploadId.fresh(1_000).toString()).isLessThan(UploadId.fresh(2_000).toString());
    assertThat(UploadId.fresh(1_000).value().version()).isEqualTo(7);
    assertThatThrownBy(() -> UploadId.of("x")).isInstanceOf(ProblemException.class);
  }
}
