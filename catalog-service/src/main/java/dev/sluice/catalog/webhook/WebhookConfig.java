package dev.sluice.catalog.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where webhooks may go, and how long they are tried. */
@ConfigMapping(prefix = "sluice.webhook")
public interface WebhookConfig {
  /** Ranges such as {@code 10.1.0.0/16} that are allowed although not public; absent: none. */
  Optional<List<String>> allowedAddresses();

  /** Ports that may be connected to, each one number or a range. */
  @WithDefault("443,8443")
  List<String> allowedPorts();

  /** Whether http is allowed besides https. */
  @WithDefault("false")
  boolean allowHttp();

  /** How long a connection may take to open. */
  @WithDefault("5s")
  Duration connectTimeout();

  /** How long a whole attempt may take. */
  @WithDefault("20s")
  Duration timeout();

  /** Pauses between the attempts of one delivery; after the last it has failed. */
  @WithDefault("5s,5m,30m,2h,5h,10h,14h,20h,24h")
  List<Duration> schedule();

  /** How long an address may fail without a single success before it is switched off. */
  @WithDefault("5d")
  Duration disableAfter();

  /** How long the former secret signs along after a rotation. */
  @WithDefault("24h")
  Duration secretOverlap();

  /** How long deliveries that ended stay, to be looked at and replayed. */
  @WithDefault("30d")
  Duration keep();

  /** Attempts that a replica makes at once. */
  @WithDefault("32")
  int parallelism();

  /** Attempts that a replica makes at once for one address. */
  @WithDefault("4")
  int parallelismOfOne();

  /** How often a replica looks for what is due. */
  @WithDefault("1s")
  Duration lookEvery();
}
