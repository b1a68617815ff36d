package dev.sluice.processing.automation;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When a schedule is due: five fields as of Unix's cron, in a time zone. An hour that a clock
 * change leaves out is passed over, one that it repeats counts once for each tick of the clock.
 */
record CronTimes(String text, ZoneId zone) {
  /** What a schedule may look like. */
  static final String ALLOWED = "five fields of cron, for example '15 6 * * 1-5'";

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  CronTimes {
    parsed(text);
  }

  /** The times of that text in that zone; empty when either is none. */
  static Optional<CronTimes> read(String cron, String zone) {
    try {
      return Optional.of(new CronTimes(cron, ZoneId.of(zone)));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Cron parsed(String text) {
    return PARSER.parse(text).validate();
  }

  /** The first time after that instant; empty when there is none any more. */
  Optional<Instant> after(Instant instant) {
    return ExecutionTime.forCron(parsed(text))
        .nextExecution(ZonedDateTime.ofInstant(instant, zone))
        .map(ZonedDateTime::toInstant);
  }
}
