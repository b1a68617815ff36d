package dev.sluice.upload.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what has no owner is found. */
@ConfigMapping(prefix = "sluice.reconcile")
public interface ReconcileConfig {
  /** How old something without an owner must be before it is thrown away. */
  @WithDefault("24h")
  Duration grace();
}
