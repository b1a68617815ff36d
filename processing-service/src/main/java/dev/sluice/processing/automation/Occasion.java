package dev.sluice.processing.automation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Why a trigger fires.
 *
 * @param key the same for the same occasion
 * @param values for the places that an occasion fills
 */
record Occasion(String key, Map<String, String> values) {
  Occasion {
    values = Map.copyOf(values);
  }

  /** A version was made or released. */
  static Occasion version(String project, String dataset, String version, Instant at) {
    return new Occasion(
        dataset + "@" + version,
        Map.of(
            "project", project,
            "dataset", dataset,
            "version", version,
            "time", at.toString(),
            "date", LocalDate.ofInstant(at, ZoneOffset.UTC).toString()));
  }

  /** A schedule is due. */
  static Occasion tick(String project, Instant at, ZoneId zone) {
    return new Occasion(
        at.toString(),
        Map.of(
            "project", project,
            "time", at.toString(),
            "date", LocalDate.ofInstant(at, zone).toString()));
  }

  /** A person wants it. */
  static Map<String, String> byHand(String project, Instant at) {
    return tick(project, at, ZoneOffset.UTC).values();
  }
}
