package dev.sluice.catalog.holding;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** How many bytes projects may hold; set by who runs Sluice, owners can only set less. */
@ConfigMapping(prefix = "sluice.quota")
public interface QuotaConfig {
  /** Bytes of a project that is not named below; no limit when absent. */
  Optional<Long> defaultBytes();

  /** Bytes by project, for example {@code sluice.quota.projects.handbook=1073741824}. */
  Map<String, Long> projects();
}
