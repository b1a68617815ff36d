package dev.sluice.catalog.edit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** How much is edited at once. */
@ConfigMapping(prefix = "sluice.edit")
public interface EditConfig {
  /** Lines that are held in memory and brought into the tree together, about 1 KB each. */
  @WithDefault("20000")
  int blockLines();

  /** Bytes of a request's lines; they wait on disk until all are there. */
  @WithDefault("8589934592")
  long largestBytes();

  /**
   * Where they wait. A replica that was killed leaves its own; the next one clears them in a day.
   */
  @WithDefault("${java.io.tmpdir}/sluice-edits")
  Path folder();
}
