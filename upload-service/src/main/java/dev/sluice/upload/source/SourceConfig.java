package dev.sluice.upload.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What imports may reach and how much they may bring. */
@ConfigMapping(prefix = "sluice.import")
public interface SourceConfig {
  /**
   * Ranges such as {@code 10.1.0.0/16} that may be connected to although they are not public;
   * absent means none.
   */
  Optional<List<String>> allowedAddresses();

  /** Ports that may be connected to, each one number or a range such as {@code 9000-9010}. */
  @WithDefault("80,443,8080,8443,9000,111,2049,20048")
  List<String> allowedPorts();

  /** Folders of this server that {@code file:} URLs may name; absent means none. */
  Optional<List<Path>> allowedPaths();

  /** Bytes of the largest file taken. */
  @WithDefault("5497558138880")
  long maxFileSize();

  /** Files that one source may list. */
  @WithDefault("1000000")
  int maxFiles();

  /** Redirects followed for one request. */
  @WithDefault("5")
  int maxRedirects();

  /** How long a connection may take to open. */
  @WithDefault("10s")
  Duration connectTimeout();

  /** How long a source may send nothing. */
  @WithDefault("30s")
  Duration readTimeout();

  /** Ranges of one file that are read at once. */
  @WithDefault("8")
  int parallelism();

  /** Credentials by the name that requests refer to. */
  Map<String, CredentialsConfig> credentials();

  /** One set of credentials and where it may go; what is given decides the kind. */
  interface CredentialsConfig {
    /** Hosts, each {@code host} or {@code host:port}, that this is for; no other ever sees it. */
    List<String> hosts();

    /** Projects that may name it; {@code *} is all. */
    List<String> projects();

    /** S3 access key. */
    Optional<String> accessKey();

    /** S3 secret key. */
    Optional<String> secretKey();

    /** S3 session token. */
    Optional<String> sessionToken();

    /** Token for HTTP's {@code Authorization: Bearer}. */
    Optional<String> bearer();

    /** User for HTTP's basic authentication. */
    Optional<String> user();

    /** Password for HTTP's basic authentication. */
    Optional<String> password();
  }
}
