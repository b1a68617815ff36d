package dev.sluice.support.tracing;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Switches traces on when an OTLP endpoint is set; {@code application.properties} has them off.
 *
 * <p>{@code QUARKUS_OTEL_SDK_DISABLED} stands above both.
 */
public final class TracingSwitch implements ConfigSourceFactory {
  /** Above application.properties (250), below the environment (300). */
  private static final int ORDINAL = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    return Stream.of("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
        .flatMap(name -> Optional.ofNullable(context.getValue(name)).stream())
        .flatMap(found -> Optional.ofNullable(found.getValue()).stream())
        .filter(endpoint -> !endpoint.isBlank())
        .limit(1)
        .map(TracingSwitch::on)
        .toList();
  }

  private static ConfigSource on(String endpoint) {
    return new PropertiesConfigSource(
        Map.of(
            "quarkus.otel.sdk.disabled", "false", "quarkus.otel.exporter.otlp.endpoint", endpoint),
        "dev.sluice.support.tracing.TracingSwitch",
        ORDINAL);
  }
}
