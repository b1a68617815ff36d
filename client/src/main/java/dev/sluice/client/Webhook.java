package dev.sluice.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address outside that is told what happens in a project.
 *
 * @param types of the facts it wants; none means all
 * @param secret what deliveries are signed with; only when it was just made
 */
public record Webhook(
    String id,
    String url,
    @Nullable String description,
    List<String> types,
    boolean enabled,
    @Nullable String disabledReason,
    @Nullable Instant failingSince,
    @Nullable String createdBy,
    @Nullable Instant createdAt,
    @Nullable String secret) {

  public Webhook {
    types = Lists.orEmpty(types);
  }
}
