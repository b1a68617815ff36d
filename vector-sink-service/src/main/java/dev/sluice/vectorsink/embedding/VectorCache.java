package dev.sluice.vectorsink.embedding;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vectors used last, by the digest of their text; safe for several threads. */
final class VectorCache {
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<String, float[]> vectors;

  VectorCache(int capacity) {
    this.vectors =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized float @Nullable [] get(String digest) {
    return vectors.get(digest);
  }

  synchronized void put(String digest, float[] vector) {
    vectors.put(digest, vector);
  }
}
