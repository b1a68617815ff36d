package dev.sluice.catalog.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A webhook on the wire.
 *
 * @param types it wants; none means all
 * @param secret once, when it was made or rotated
 */
@Schema(name = "Webhook")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookView(
    UUID id,
    String url,
    @Nullable String description,
    List<String> types,
    boolean enabled,
    @Nullable String disabledReason,
    @Nullable Instant failingSince,
    String createdBy,
    Instant createdAt,
    @Nullable String secret) {

  WebhookView with(Secret shown) {
    return new WebhookView(
        id,
        url,
        description,
        types,
        enabled,
        disabledReason,
        failingSince,
        createdBy,
        createdAt,
        shown.text());
  }

  /** The same after a change by a person. */
  WebhookView changed(Subscription change, String checkedUrl) {
    boolean on = change.enabled() == null ? enabled : change.enabled();
    return new WebhookView(
        id,
        checkedUrl,
        change.description() == null ? description : change.checkedDescription(),
        change.types() == null ? types : change.checkedTypes(),
        on,
        on ? null : enabled ? "switched off" : disabledReason,
        on && !enabled ? null : failingSince,
        createdBy,
        createdAt,
        null);
  }

  /** A delivery with the attempts that were made. */
  @Schema(name = "WebhookDelivery")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Delivery(
      long id,
      String messageId,
      String type,
      Instant occurredAt,
      String state,
      int attempts,
      @Nullable Instant nextAt,
      List<Try> tries) {}

  /** One attempt. */
  @Schema(name = "WebhookAttempt")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Try(
      int number, Instant at, @Nullable Integer status, @Nullable String error, int millis) {}

  /** How many deliveries are sent again. */
  @Schema(name = "WebhookReplay")
  record Replayed(int deliveries) {}

  /** A period whose deliveries are to be sent again; its end is not part of it. */
  @Schema(name = "WebhookPeriod")
  record Period(@Nullable Instant from, @Nullable Instant to, @Nullable Boolean failedOnly) {
    static final Period NONE = new Period(null, null, null);
  }
}
