package dev.sluice.processing.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as callers read it.
 *
 * @param type s3, nfs, local or qdrant
 * @param state pending, delivered or failed
 * @param files at their place so far; of an index its points
 * @param reasonCode short code of the last failed try
 * @param reason why the last try failed, or what it waits for
 * @param tries since it was asked for, or asked for again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
    UUID id,
    String type,
    String url,
    String version,
    String state,
    long files,
    @Nullable Long filesTotal,
    long bytes,
    @Nullable Long bytesTotal,
    @Nullable String manifest,
    @Nullable String reasonCode,
    @Nullable String reason,
    int tries,
    Instant createdAt,
    @Nullable Instant endedAt) {

  static DeliveryView of(Delivery delivery) {
    Target target = delivery.target();
    boolean ofFiles = target.kind() != Target.Kind.QDRANT;
    return new DeliveryView(
        delivery.id(),
        target.kind().text(),
        target.url(),
        delivery.version().version(),
        delivery.state(),
        delivery.files(),
        delivery.filesTotal(),
        delivery.bytes(),
        delivery.bytesTotal(),
        ofFiles ? Courier.manifestPath(delivery.version().version()) : null,
        delivery.reasonCode(),
        delivery.reason(),
        delivery.tries(),
        delivery.createdAt(),
        delivery.endedAt());
  }
}
