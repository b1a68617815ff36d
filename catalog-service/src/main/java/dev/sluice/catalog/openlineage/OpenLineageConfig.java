package dev.sluice.catalog.openlineage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Who is told lineage in the words of OpenLineage, and under which names. */
@ConfigMapping(prefix = "sluice.openlineage")
public interface OpenLineageConfig {
  /** Where run events are posted, such as Marquez' {@code /api/v1/lineage}; absent: nowhere. */
  Optional<URI> url();

  /** Sent as a bearer token. */
  Optional<String> apiKey();

  /** Namespace of the datasets and jobs of this installation. */
  @WithDefault("sluice")
  String namespace();

  /** Who says so: a URI. */
  @WithDefault("urn:sluice:catalog-service")
  String producer();

  /** How long one post may take. */
  @WithDefault("10s")
  Duration timeout();

  /** How long to wait after the first failure; doubles with each further one. */
  @WithDefault("1s")
  Duration retryAfter();

  /** The longest wait. */
  @WithDefault("5m")
  Duration retryAtMost();

  /** Facts that a replica takes at once. */
  @WithDefault("50")
  int batch();

  /** How often a replica looks for what is due. */
  @WithDefault("1s")
  Duration lookEvery();
}
