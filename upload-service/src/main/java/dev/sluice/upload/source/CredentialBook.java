package dev.sluice.upload.source;

import dev.sluice.upload.source.SourceConfig.CredentialsConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured credentials, each for its projects and hosts only. */
final class CredentialBook {
  private final Map<String, CredentialsConfig> credentials;

  CredentialBook(Map<String, CredentialsConfig> credentials) {
    this.credentials = Map.copyOf(credentials);
  }

  /**
   * The credentials of the name.
   *
   * @throws SourceException.Refused when there are none, or they are for other projects or hosts;
   *     the message does not say which
   */
  CredentialsConfig find(String name, String project, String host, int port)
      throws SourceException.Refused {
    @Nullable CredentialsConfig found = credentials.get(name);
    if (found == null || !isFor(found.projects(), project) || !isFor(found.hosts(), host, port)) {
      throw new SourceException.Refused(
          "credentials '%s' are not configured for project '%s' and host '%s'"
              .formatted(Text.shown(name), project, Text.shown(host)));
    }
    return found;
  }

  private static boolean isFor(List<String> projects, String project) {
    return projects.contains("*") || projects.contains(project);
  }

  private static boolean isFor(List<String> hosts, String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return hosts.stream()
        .map(allowed -> allowed.toLowerCase(Locale.ROOT))
        .anyMatch(allowed -> allowed.equals(lower) || allowed.equals(lower + ":" + port));
  }
}
