package dev.sluice.client;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What starts runs of a template.
 *
 * @param event version-created, version-released or schedule
 * @param dataset glob of names, for events of versions
 * @param cron five fields, for schedules
 * @param templateNumber the newest when absent
 * @param createdBy the runs are this person's
 * @param nextAt when a schedule is due
 */
public record Trigger(
    String id,
    String project,
    String name,
    String event,
    @Nullable String dataset,
    @Nullable String cron,
    @Nullable String zone,
    String template,
    @Nullable Integer templateNumber,
    Map<String, Object> values,
    boolean paused,
    @Nullable String createdBy,
    @Nullable Instant createdAt,
    @Nullable Instant nextAt) {

  public Trigger {
    values = values == null ? Map.of() : Map.copyOf(values);
  }
}
