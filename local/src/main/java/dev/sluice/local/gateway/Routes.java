package dev.sluice.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Which service answers which path.
 *
 * @param services service name by path prefix; a prefix matches itself and what is below it
 */
public record Routes(Map<String, String> services) {
  /** Copies the table. */
  public Routes {
    services = Map.copyOf(services);
  }

  /** The table of {@code routes.properties}. */
  public static Routes standard() {
    Properties table = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Routes.class.getResourceAsStream("routes.properties"))) {
      table.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read routes.properties", e);
    }
    Map<String, String> services = new HashMap<>();
    table.stringPropertyNames().forEach(p -> services.put(p, table.getProperty(p)));
    return new Routes(services);
  }

  /** The service of this raw path, none when there is no route or the path climbs upwards. */
  public Optional<String> serviceOf(String path) {
    if (climbs(path)) {
      return Optional.empty();
    }
    return services.entrySet().stream()
        .filter(route -> isBelow(path, route.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  /** Whether a service that resolves dots could see another path than the one matched here. */
  private static boolean climbs(String path) {
    String decoded;
    try {
      decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return true;
    }
    for (String segment : decoded.replace('\\', '/').split("/", -1)) {
      String name = segment.replaceFirst(";.*", "");
      if (name.equals(".") || name.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
