package dev.sluice.vectorsink.embedding;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vectors for texts, on worker threads; a text that was embedded lately is not embedded again. The
 * model is loaded by the first text and stays.
 */
@ApplicationScoped
public class EmbeddingService {
  private static final ModelFiles FILES = ModelFiles.MINI_LM;

  private final EmbeddingConfig config;
  private final VectorCache cache;
  private final Counter embedded;
  private final Counter remembered;
  private @Nullable OnnxSentenceModel model;

  EmbeddingService(EmbeddingConfig config, MeterRegistry metrics) {
    this.config = config;
    this.cache = new VectorCache(config.cachedVectors());
    this.embedded = metrics.counter("sluice.vectorsink.texts", "source", "model");
    this.remembered = metrics.counter("sluice.vectorsink.texts", "source", "cache");
  }

  /** Numbers in a vector. */
  public int dimension() {
    return FILES.dimension();
  }

  /** One vector of unit length for each text, in the order of the texts. */
  public Uni<List<float[]>> embed(List<String> texts) {
    return Uni.createFrom()
        .item(() -> embedNow(texts))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private List<float[]> embedNow(List<String> texts) {
    Map<String, float[]> byDigest = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    List<String> digests = texts.stream().map(TextDigest::of).toList();
    for (int i = 0; i < digests.size(); i++) {
      float[] known = cache.get(digests.get(i));
      if (known == null) {
        missing.put(digests.get(i), texts.get(i));
      } else {
        byDigest.put(digests.get(i), known);
      }
    }
    List<String> fresh = new ArrayList<>(missing.keySet());
    List<float[]> vectors =
        fresh.isEmpty() ? List.of() : model().embed(List.copyOf(missing.values()));
    for (int i = 0; i < fresh.size(); i++) {
      byDigest.put(fresh.get(i), vectors.get(i));
      cache.put(fresh.get(i), vectors.get(i));
    }
    embedded.increment(fresh.size());
    remembered.increment(texts.size() - (double) fresh.size());
    List<float[]> answer = new ArrayList<>(texts.size());
    digests.forEach(digest -> answer.add(byDigest.getOrDefault(digest, new float[0])));
    return answer;
  }

  private synchronized SentenceModel model() {
    if (model == null) {
      model = OnnxSentenceModel.load(FILES, config.threads(), config.tokensPerRun());
    }
    return model;
  }

  @PreDestroy
  synchronized void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
