package dev.sluice.vectorsink.indexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexingConfigTest {
  @Test
  void hasDefaults() {
    // When
    IndexingConfig config = of(Map.of());

    // Then
    assertThat(config.batchRows()).isBetween(64, 256);
    assertThat(config.lease()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.tries()).isEqualTo(5);
  }

  @Test
  void readsEveryProperty() {
    // When
    IndexingConfig config =
        of(
            Map.of(
                "sluice.indexing.poll", "2s",
                "sluice.indexing.batch-rows", "10",
                "sluice.indexing.batches-per-turn", "3",
                "sluice.indexing.lease", "1m",
                "sluice.indexing.first-wait", "1s",
                "sluice.indexing.longest-wait", "6s",
                "sluice.indexing.tries", "2"));

    // Then
    assertThat(config.poll()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.batchRows()).isEqualTo(10);
    assertThat(config.batchesPerTurn()).isEqualTo(3);
    assertThat(config.lease()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.tries()).isEqualTo(2);
    assertThat(java.util.stream.IntStream.range(0, 5).mapToObj(config::waitAfter))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 6L, 6L);
  }

  @Test
  void refusesAWordForANumber() {
    assertThatThrownBy(() -> of(Map.of("sluice.indexing.batch-rows", "many")))
        .isInstanceOf(ConfigValidationException.class)
        .hasMessageContaining("batch-rows");
  }

  private static IndexingConfig of(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .withMapping(IndexingConfig.class)
        .build()
        .getConfigMapping(IndexingConfig.class);
  }
}
