package dev.sluice.catalog.version;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How files leave the catalog. */
@ConfigMapping(prefix = "sluice.download")
public interface DownloadConfig {
  /** How long a presigned address can be used; at most seven days. */
  @WithDefault("1h")
  Duration validFor();
}
