package dev.sluice.catalog.garbage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When what nobody reaches is thrown away. */
@ConfigMapping(prefix = "sluice.garbage")
public interface GarbageConfig {
  /** Shorter ones would not outlast the work that begins before anybody points at its result. */
  Duration SHORTEST = Duration.ofHours(2);

  /**
   * How long nodes and objects rest after their last use, and dropped versions keep theirs; 2 hours
   * at least. Also how long an object is doomed before it goes.
   */
  @WithDefault("24h")
  Duration grace();

  /** How much memory may say which objects are reached, in bits; what it confuses stays longer. */
  @WithDefault("536870912")
  long mostBits();
}
