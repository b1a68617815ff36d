package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that is wanted.
 *
 * @param event version-created, version-released or schedule
 * @param dataset glob of names, for events of versions
 * @param cron five fields, for schedules, in {@code zone}
 * @param templateNumber the newest when absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewTrigger(
    String project,
    String name,
    String event,
    @Nullable String dataset,
    @Nullable String cron,
    @Nullable String zone,
    String template,
    @Nullable Integer templateNumber,
    Map<String, Object> values) {

  public NewTrigger {
    values = Map.copyOf(values);
  }
}
