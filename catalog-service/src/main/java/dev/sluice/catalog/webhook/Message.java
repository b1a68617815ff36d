package dev.sluice.catalog.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A delivery that this replica has claimed.
 *
 * @param claim counts the claims; a newer one makes the results of this one void
 * @param tries attempts before this one, since it was made or replayed
 * @param payload JSON of the fact
 * @param secrets that live, newest first
 */
record Message(
    long id,
    int claim,
    int tries,
    UUID webhook,
    String project,
    String url,
    UUID eventId,
    String type,
    Instant occurredAt,
    String payload,
    List<Secret> secrets) {
  Message {
    secrets = List.copyOf(secrets);
  }

  /** The same for every attempt and every replay, so that receivers can tell a repetition. */
  String messageId() {
    return "msg_" + eventId.toString().replace("-", "");
  }

  /** The same bytes for every attempt. */
  String body() {
    return "{\"type\":\""
        + type
        + "\",\"timestamp\":\""
        + occurredAt
        + "\",\"data\":"
        + payload
        + "}";
  }

  /** The header's value: a signature for each secret. */
  String signature(long timestamp) {
    return secrets.stream()
        .map(secret -> secret.sign(messageId(), timestamp, body()))
        .collect(Collectors.joining(" "));
  }
}
