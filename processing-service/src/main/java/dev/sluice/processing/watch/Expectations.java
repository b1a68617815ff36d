package dev.sluice.processing.watch;

import dev.sluice.processing.output.ExpectedOutput;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.Run.ReservedOutput;
import java.util.Objects;

/** Where an attempt's output has to be. */
final class Expectations {
  private Expectations() {}

  static ExpectedOutput of(Run run, int attempt, String bucket) {
    ReservedOutput output = Objects.requireNonNull(run.output(), "an attempt without an output");
    return new ExpectedOutput(
        run.id().value(), attempt, bucket, output.manifestKey(attempt), output.keyPrefix());
  }
}
