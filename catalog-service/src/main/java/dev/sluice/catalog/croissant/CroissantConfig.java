package dev.sluice.catalog.croissant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How versions are described in Croissant. */
@ConfigMapping(prefix = "sluice.croissant")
public interface CroissantConfig {
  /** Versions of up to so many files name each of them; larger ones name sets and the manifest. */
  @WithDefault("10000")
  long mostFiles();
}
