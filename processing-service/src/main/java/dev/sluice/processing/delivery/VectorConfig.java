package dev.sluice.processing.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where vector-sink-service answers. */
@ConfigMapping(prefix = "sluice.vectors")
interface VectorConfig {

  /** Its base address, without a path. */
  @WithDefault("http://127.0.0.1:8084")
  URI url();

  /** How long one call may take. */
  @WithDefault("10s")
  Duration timeout();
}
