package dev.sluice.vectorsink.indexing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How versions are brought into the index. */
@ConfigMapping(prefix = "sluice.indexing")
public interface IndexingConfig {
  /** How often an idle replica looks for work; at least a second. */
  @WithDefault("1s")
  Duration poll();

  /** Rows that are embedded and written together; progress is stored after each such batch. */
  @WithDefault("128")
  @Min(1)
  @Max(1024)
  int batchRows();

  /** Batches after which a dataset lets others go first. */
  @WithDefault("64")
  @Min(1)
  int batchesPerTurn();

  /** How long a replica may be silent before another takes its dataset over. */
  @WithDefault("2m")
  Duration lease();

  /** First wait when a part is away; it doubles up to {@code longest-wait}. */
  @WithDefault("500ms")
  Duration firstWait();

  /** Longest wait between two tries. */
  @WithDefault("30s")
  Duration longestWait();

  /** Tries after a failure that is not known to pass, before the version counts as failed. */
  @WithDefault("5")
  @Min(1)
  int tries();

  /** The wait after so many failures in a row. */
  default Duration waitAfter(int failures) {
    double factor = Math.pow(2, Math.min(failures, 20));
    long millis =
        (long) Math.min((double) longestWait().toMillis(), firstWait().toMillis() * factor);
    return Duration.ofMillis(millis);
  }
}
