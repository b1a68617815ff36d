package dev.sluice.catalog.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When retention rules are carried out. */
@ConfigMapping(prefix = "sluice.retention")
public interface RetentionConfig {
  /** How long a version stays withdrawn, its files readable, before they are given up. */
  @WithDefault("7d")
  Duration purgeAfter();

  /** How often each rule is looked at. */
  @WithDefault("1h")
  Duration every();

  /** How often a replica looks for rules that are due. */
  @WithDefault("60s")
  Duration lookEvery();
}
