package dev.sluice.support.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the catalog answers for the other services. */
@ConfigMapping(prefix = "sluice.catalog")
public interface CatalogConfig {
  /** Base address of catalog-service, without a path. */
  @WithDefault("http://127.0.0.1:8082")
  URI url();

  /** How long one look-up may take. */
  @WithDefault("5s")
  Duration timeout();
}
