package dev.sluice.support.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSwitchTest {
  private static final Map<String, String> OFF = Map.of("quarkus.otel.sdk.disabled", "true");

  @Test
  void isOffWithoutAnEndpoint() {
    assertThat(isOff(config(Map.of()))).isTrue();
    assertThat(isOff(config(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " ")))).isTrue();
  }

  @Test
  void isOnWithAnEndpointUnderEitherName() {
    // When
    SmallRyeConfig standard = config(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://traces:4317"));
    SmallRyeConfig quarkus =
        config(Map.of("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "http://traces:4317"));
    // Then
    assertThat(isOff(standard)).isFalse();
    assertThat(isOff(quarkus)).isFalse();
    assertThat(standard.getValue("quarkus.otel.exporter.otlp.endpoint", String.class))
        .isEqualTo("http://traces:4317");
  }

  @Test
  void staysOffWhenTheEnvironmentSaysSo() {
    assertThat(
            isOff(
                config(
                    Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://traces:4317",
                        "quarkus.otel.sdk.disabled",
                        "true"))))
        .isTrue();
  }

  private static boolean isOff(SmallRyeConfig config) {
    return config.getValue("quarkus.otel.sdk.disabled", Boolean.class);
  }

  private static SmallRyeConfig config(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(OFF, "application.properties", 250))
        .withSources(new PropertiesConfigSource(environment, "environment", 300))
        .withSources(new TracingSwitch())
        .build();
  }
}
