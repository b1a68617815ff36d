package dev.sluice.upload.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration for tests without Quarkus. */
record SourceSettings(
    List<String> addresses,
    List<String> allowedPorts,
    List<Path> paths,
    long maxFileSize,
    int maxFiles,
    Map<String, CredentialsConfig> credentials)
    implements SourceConfig {

  static SourceSettings strict(List<String> ports) {
    return new SourceSettings(List.of(), ports, List.of(), 1L << 40, 1_000, Map.of());
  }

  SourceSettings allowing(String... addresses) {
    return new SourceSettings(
        List.of(addresses), allowedPorts, paths, maxFileSize, maxFiles, credentials);
  }

  SourceSettings allowing(Path... folders) {
    return new SourceSettings(
        addresses, allowedPorts, List.of(folders), maxFileSize, maxFiles, credentials);
  }

  SourceSettings taking(long bytes, int files) {
    return new SourceSettings(addresses, allowedPorts, paths, bytes, files, credentials);
  }

  SourceSettings with(String name, CredentialsConfig login) {
    return new SourceSettings(
        addresses, allowedPorts, paths, maxFileSize, maxFiles, Map.of(name, login));
  }

  @Override
  public Optional<List<String>> allowedAddresses() {
    return Optional.of(addresses).filter(list -> !list.isEmpty());
  }

  @Override
  public Optional<List<Path>> allowedPaths() {
    return Optional.of(paths).filter(list -> !list.isEmpty());
  }

  @Override
  public int maxRedirects() {
    return 5;
  }

  @Override
  public Duration connectTimeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration readTimeout() {
    return Duration.ofSeconds(1);
  }

  @Override
  public int parallelism() {
    return 4;
  }

  /** Credentials of all kinds at once. */
  record Login(
      List<String> hosts,
      List<String> projects,
      Optional<String> accessKey,
      Optional<String> secretKey,
      Optional<String> bearer)
      implements CredentialsConfig {

    static Login bearer(String token, String... hosts) {
      return new Login(
          List.of(hosts), List.of("demo"), Optional.empty(), Optional.empty(), Optional.of(token));
    }

    static Login keys(String access, String secret, String... hosts) {
      return new Login(
          List.of(hosts),
          List.of("demo"),
          Optional.of(access),
          Optional.of(secret),
          Optional.empty());
    }

    @Override
    public Optional<String> sessionToken() {
      return Optional.empty();
    }

    @Override
    public Optional<String> user() {
      return Optional.empty();
    }

    @Override
    public Optional<String> password() {
      return Optional.empty();
    }
  }
}
