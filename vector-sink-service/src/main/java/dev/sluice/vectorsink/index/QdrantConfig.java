package dev.sluice.vectorsink.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The vector database; any Qdrant by its gRPC address. */
@ConfigMapping(prefix = "sluice.qdrant")
public interface QdrantConfig {
  /** Address of the gRPC interface; {@code https} for TLS. */
  @WithDefault("http://127.0.0.1:16334")
  URI grpcUrl();

  /** API key, where the server asks for one. */
  Optional<String> apiKey();

  /** Collections are named by this, the project, an underscore and the dataset. */
  @WithDefault("sluice-")
  String collectionPrefix();

  /** How long one request may take. */
  @WithDefault("30s")
  Duration timeout();
}
