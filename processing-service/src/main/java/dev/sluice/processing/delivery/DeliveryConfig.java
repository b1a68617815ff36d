package dev.sluice.processing.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where deliveries may go, and their pace. */
@ConfigMapping(prefix = "sluice.deliveries")
public interface DeliveryConfig {

  /** Folder of this server; {@code file:} destinations lie below it and the project's name. */
  Optional<Path> localRoot();

  /**
   * Ranges such as {@code 10.1.0.0/16} that may be connected to although they are not public;
   * absent means none.
   */
  Optional<List<String>> allowedAddresses();

  /** Ports that may be connected to, each one number or a range such as {@code 9000-9010}. */
  @WithDefault("443,9000,111,2049,20048")
  List<String> allowedPorts();

  /** How long a connection may take to open. */
  @WithDefault("10s")
  Duration connectTimeout();

  /** How long a place may say nothing. */
  @WithDefault("60s")
  Duration readTimeout();

  /** Number of the user that NFS servers take us for. */
  @WithDefault("65534")
  int nfsUser();

  /** Number of that user's group. */
  @WithDefault("65534")
  int nfsGroup();

  /** Bytes of a part of a large file in another S3. */
  @WithDefault("16777216")
  long partSize();

  /** Files that are sent to another S3 at a time. */
  @WithDefault("8")
  int parallelFiles();

  /** Deliveries that one replica works on at a time. */
  @WithDefault("2")
  int parallelism();

  /** How often a delivery is tried before it has failed. */
  @WithDefault("8")
  int tries();

  /** How long a delivery rests after a failed try; doubled each time. */
  @WithDefault("5s")
  Duration rest();

  /** The longest rest. */
  @WithDefault("10m")
  Duration longestRest();

  /** How long a replica's claim holds without a sign of life; then another takes over. */
  @WithDefault("30s")
  Duration lease();

  /** Credentials by the name that manifests refer to as {@code secretRef}. */
  Map<String, CredentialsConfig> credentials();

  /** One key pair and where it may go. */
  interface CredentialsConfig {

    /** Hosts, each {@code host} or {@code host:port}, that this is for; no other ever sees it. */
    List<String> hosts();

    /** Projects that may name it; {@code *} is all. */
    List<String> projects();

    /** S3 access key. */
    String accessKey();

    /** S3 secret key. */
    String secretKey();

    /** S3 session token. */
    Optional<String> sessionToken();
  }
}
