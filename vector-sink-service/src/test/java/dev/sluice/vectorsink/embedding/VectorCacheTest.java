package dev.sluice.vectorsink.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorCacheTest {
  @Test
  void forgetsTheVectorThatWasUsedLongestAgo() {
    // Given
    VectorCache cache = new VectorCache(2);
    cache.put("a", new float[] {1});
    cache.put("b", new float[] {2});
    cache.get("a");

    // When
    cache.put("c", new float[] {3});

    // Then
    assertThat(cache.get("a")).containsExactly(1);
    assertThat(cache.get("b")).isNull();
  }
}
