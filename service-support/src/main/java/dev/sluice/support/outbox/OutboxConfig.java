package dev.sluice.support.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How facts leave a service. */
@ConfigMapping(prefix = "sluice.outbox")
public interface OutboxConfig {
  /** How often the follower looks for facts whose hand-off was lost. */
  @WithDefault("250ms")
  @WithName("follow-every")
  Duration followEvery();

  /** Most facts read and sent in one round. */
  @WithDefault("500")
  int batch();

  /** The CloudEvents source; a URI that names the service. */
  @WithDefault("https://sluice.dev/services/${quarkus.application.name}")
  String source();
}
