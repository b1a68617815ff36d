package dev.sluice.processing.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Limits of runs and the pace of their watcher. */
@ConfigMapping(prefix = "sluice.runs")
public interface RunConfig {
  /** A run that has not ended after this time is stopped and fails. */
  @WithDefault("6h")
  Duration deadline();

  /** Attempts of a run in all, when Ray loses them. */
  @WithDefault("2")
  @Min(1)
  int maxAttempts();

  /** Time between two rounds of the watcher. */
  @WithDefault("250ms")
  Duration lookEvery();

  /** Time between two looks at a run. */
  @WithDefault("1s")
  Duration pollEvery();

  /** Longest time between two looks while a part is away. */
  @WithDefault("15s")
  Duration longestWait();

  /** How long one replica may work on a run before another takes over. */
  @WithDefault("30s")
  Duration lease();

  /** Runs that one replica looks at in one round. */
  @WithDefault("16")
  @Min(1)
  int batch();
}
