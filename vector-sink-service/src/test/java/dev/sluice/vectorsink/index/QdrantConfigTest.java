package dev.sluice.vectorsink.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vectorsink.DatasetKey;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QdrantConfigTest {
  @Test
  void hasDefaults() {
    // When
    QdrantConfig config = of(Map.of());

    // Then
    assertThat(config.grpcUrl()).isEqualTo(URI.create("http://127.0.0.1:16334"));
    assertThat(config.apiKey()).isEmpty();
    assertThat(new CollectionNames(config).of(new DatasetKey("demo", "wiki")))
        .isEqualTo("sluice-demo_wiki");
  }

  @Test
  void readsEveryProperty() {
    // When
    QdrantConfig config =
        of(
            Map.of(
                "sluice.qdrant.grpc-url", "https://qdrant.example:6334",
                "sluice.qdrant.api-key", "secret",
                "sluice.qdrant.collection-prefix", "x-",
                "sluice.qdrant.timeout", "5s"));

    // Then
    assertThat(config.grpcUrl().getHost()).isEqualTo("qdrant.example");
    assertThat(config.apiKey()).contains("secret");
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void refusesAWordForADuration() {
    assertThatThrownBy(() -> of(Map.of("sluice.qdrant.timeout", "long")))
        .isInstanceOf(ConfigValidationException.class)
        .hasMessageContaining("timeout");
  }

  private static QdrantConfig of(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .withMapping(QdrantConfig.class)
        .build()
        .getConfigMapping(QdrantConfig.class);
  }
}
