package dev.sluice.local.gateway;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the gateway process is told by the launcher.
 *
 * @param port its port on the loopback address; 0 means any
 * @param upstreams address of each service
 * @param clientSecrets secret of each service at the development issuer
 * @param origins web pages that may call
 */
public record GatewaySettings(
    int port, Map<String, URI> upstreams, Map<String, String> clientSecrets, Origins origins) {
  private static final String UPSTREAM = "upstream.";
  private static final String CLIENT = "client.";
  private static final String ORIGINS = "cors.origins";

  /** Copies the maps. */
  public GatewaySettings {
    upstreams = Map.copyOf(upstreams);
    clientSecrets = Map.copyOf(clientSecrets);
  }

  /** Reads what {@link #text()} wrote. */
  static GatewaySettings read(Properties file) {
    return new GatewaySettings(
        Integer.parseInt(file.getProperty("port")),
        below(file, UPSTREAM).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> URI.create(e.getValue()))),
        below(file, CLIENT),
        Origins.parse(file.getProperty(ORIGINS, "")));
  }

  /** The settings as the text of a properties file, always in the same order. */
  public String text() {
    StringBuilder text =
        new StringBuilder("port=" + port + "\n" + ORIGINS + "=" + origins.text() + "\n");
    new TreeMap<>(upstreams)
        .forEach((name, uri) -> text.append(UPSTREAM + name + "=" + uri + "\n"));
    new TreeMap<>(clientSecrets)
        .forEach((name, secret) -> text.append(CLIENT + name + "=" + secret + "\n"));
    return text.toString();
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "port " + port + ", " + upstreams;
  }

  private static Map<String, String> below(Properties file, String prefix) {
    return file.stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .collect(
            Collectors.toMap(
                name -> name.substring(prefix.length()),
                name -> Objects.requireNonNull(file.getProperty(name))));
  }
}
