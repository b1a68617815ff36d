package dev.sluice.processing.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.automation.Trigger.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as callers read it.
 *
 * @param createdBy the runs are this person's
 * @param nextAt when a schedule is due
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TriggerView(
    UUID id,
    String project,
    String name,
    String event,
    @Nullable String dataset,
    @Nullable String cron,
    @Nullable String zone,
    String template,
    @Nullable Integer templateNumber,
    Map<String, JsonNode> values,
    boolean paused,
    String createdBy,
    Instant createdAt,
    @Nullable Instant nextAt) {

  static TriggerView of(Trigger trigger) {
    boolean clock = trigger.kind() == Kind.SCHEDULE;
    return new TriggerView(
        trigger.id(),
        trigger.project(),
        trigger.name(),
        trigger.kind().text(),
        clock ? null : trigger.dataset(),
        clock ? trigger.cron() : null,
        clock ? trigger.zone() : null,
        trigger.template(),
        trigger.templateNumber(),
        trigger.values(),
        trigger.paused(),
        trigger.createdBy(),
        trigger.createdAt(),
        trigger.nextAt());
  }

  /**
   * What a trigger did on one occasion.
   *
   * @param occasion a version, or the instant of a tick
   * @param outcome {@code started}, {@code cut} or {@code refused}
   * @param reason why no run was started
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FiringView(
      long id,
      String occasion,
      Instant at,
      String outcome,
      @Nullable String reason,
      @Nullable UUID runId) {}
}
