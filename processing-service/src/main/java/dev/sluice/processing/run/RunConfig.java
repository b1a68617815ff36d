package dev.sluice.processing.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** Limits of runs and the pace of their watcher. */
@ConfigMapping(prefix = "sluice.runs")
public interface RunConfig {
  /** A run that has not ended after this time is stopped and fails. */
  @WithDefault("6h")
  Duration deadline();

  /** Attempts of a run in all, unless its manifest says; only faults that may pass make another. */
  @WithDefault("2")
  @Min(1)
  int maxAttempts();

  /**
   * Bytes of memory that drivers may take on Ray's head; runs beyond it wait, the highest priority
   * first. Not limited when absent.
   */
  Optional<Long> headMemory();

  /** Bytes of memory that a run's driver is taken to need on Ray's head. */
  @WithDefault("536870912")
  @Min(1)
  long driverMemory();

  /** A waiting run rises by one priority after each such time, so that none waits for ever. */
  @WithDefault("5m")
  Duration agesEvery();

  /** A run that is to be cancelled ends after this time, even when Ray does not stop its job. */
  @WithDefault("8s")
  Duration cancelWithin();

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
