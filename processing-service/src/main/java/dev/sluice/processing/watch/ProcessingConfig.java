package dev.sluice.processing.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** This service as others see it. */
@ConfigMapping(prefix = "sluice.processing")
public interface ProcessingConfig {
  /** Own address as seen from Ray, without a path; jobs fetch their spec from it. */
  @WithDefault("http://127.0.0.1:${quarkus.http.port}")
  URI url();
}
