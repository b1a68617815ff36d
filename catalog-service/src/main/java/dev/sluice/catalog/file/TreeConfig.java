package dev.sluice.catalog.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How trees of manifests are read. */
@ConfigMapping(prefix = "sluice.manifest")
public interface TreeConfig {
  /** Inner nodes kept in memory, about 30 KB each; a version of a million files has about 28. */
  @WithDefault("2000")
  int cachedNodes();
}
