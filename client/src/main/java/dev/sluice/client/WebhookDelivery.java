package dev.sluice.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact on its way to a webhook.
 *
 * @param messageId the same for every attempt
 * @param nextAt when it is tried next, while it is pending
 */
public record WebhookDelivery(
    long id,
    String messageId,
    String type,
    @Nullable Instant occurredAt,
    String state,
    int attempts,
    @Nullable Instant nextAt,
    List<Attempt> tries) {

  public WebhookDelivery {
    tries = Lists.orEmpty(tries);
  }

  /** One attempt: the status of the answer, or why there was none. */
  public record Attempt(
      int number,
      @Nullable Instant at,
      @Nullable Integer status,
      @Nullable String error,
      int millis) {}
}
