package dev.sluice.processing.automation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What starts runs of a template.
 *
 * @param dataset glob of names; empty for a schedule
 * @param cron empty unless it is a schedule
 * @param templateNumber null takes the newest
 * @param createdBy the runs are this person's
 * @param nextAt when a schedule is due; null otherwise
 */
record Trigger(
    UUID id,
    String project,
    String name,
    Kind kind,
    String dataset,
    String cron,
    String zone,
    String template,
    @Nullable Integer templateNumber,
    Map<String, JsonNode> values,
    boolean paused,
    String createdBy,
    Instant createdAt,
    @Nullable Instant nextAt) {
  Trigger {
    values = Map.copyOf(values);
  }

  /** Whether it wants versions of a dataset of that name. */
  boolean wants(String name) {
    String regex =
        dataset
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return name.matches(regex);
  }

  /** What it waits for. */
  enum Kind {
    VERSION_CREATED,
    VERSION_RELEASED,
    SCHEDULE;

    /** The spelling in requests, answers and rows. */
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
