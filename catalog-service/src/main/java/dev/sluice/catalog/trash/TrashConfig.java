package dev.sluice.catalog.trash;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long deleted datasets can be restored. */
@ConfigMapping(prefix = "sluice.catalog.trash")
public interface TrashConfig {
  /** How long a deleted dataset stays in the trash. */
  @WithDefault("30d")
  Duration keep();

  /** How often a replica looks for what is older. */
  @WithDefault("60s")
  Duration purgeEvery();

  /** Most rows that one transaction of a purge removes. */
  @WithDefault("5000")
  int batch();
}
