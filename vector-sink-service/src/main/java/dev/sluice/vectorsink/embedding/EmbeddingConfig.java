package dev.sluice.vectorsink.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How much the embedding model may use. */
@ConfigMapping(prefix = "sluice.embedding")
public interface EmbeddingConfig {
  /** Threads of one model run; 0 means one for each processor. */
  @WithDefault("0")
  @Min(0)
  int threads();

  /** Padded tokens that go through the model at once; bounds its memory. */
  @WithDefault("4096")
  @Min(256)
  int tokensPerRun();

  /** Vectors remembered by the digest of their text; each takes about 1.6 KB. */
  @WithDefault("8192")
  @Min(0)
  int cachedVectors();
}
