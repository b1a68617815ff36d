package dev.sluice.catalog.edit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is edited at once. */
@ConfigMapping(prefix = "sluice.edit")
public interface EditConfig {
  /** Lines that are held in memory and brought into the tree together, about 1 KB each. */
  @WithDefault("20000")
  int blockLines();

  /** Bytes of a request's lines; they wait on disk until all are there. */
  @WithDefault("8589934592")
  long largestBytes();
}
