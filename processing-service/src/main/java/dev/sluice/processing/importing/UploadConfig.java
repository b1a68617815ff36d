package dev.sluice.processing.importing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where upload-service answers. */
@ConfigMapping(prefix = "sluice.uploads")
interface UploadConfig {

  /** Its base address, without a path. */
  @WithDefault("http://127.0.0.1:8081")
  URI url();

  /** How long one call may take. */
  @WithDefault("10s")
  Duration timeout();
}
