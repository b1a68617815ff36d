package dev.sluice.catalog.retention;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a rule does with a version, and why.
 *
 * @param bytes of its files, shared with other versions or not
 */
@Schema(name = "RetentionVerdict")
record Verdict(String version, String state, long files, long bytes, Step step, String why) {

  /** The same rule, version and time always come to the same verdict. */
  static Verdict of(RetentionRule rule, Candidate of, Instant now, Duration purgeAfter) {
    @Nullable Integer last = rule.keepLast();
    @Nullable Integer days = rule.keepDays();
    if (!of.names().isEmpty()) {
      return keep(of, "named " + String.join(", ", of.names()));
    }
    if (!of.drafts().isEmpty()) {
      return keep(of, "needed by " + String.join(", ", of.drafts()));
    }
    if (of.state().equals("withdrawn")) {
      return of.since().plus(purgeAfter).isAfter(now)
          ? keep(of, "withdrawn only at " + of.since())
          : new Verdict(of, Step.PURGE, "withdrawn at " + of.since());
    }
    if (of.state().equals("released") && rule.keepsReleased()) {
      return keep(of, "released");
    }
    if (of.place() == 1) {
      return keep(of, "the newest");
    }
    if (last != null && of.place() <= last) {
      return keep(of, "among the newest " + last);
    }
    if (days != null && of.sealedAt().plus(Duration.ofDays(days)).isAfter(now)) {
      return keep(of, "sealed in the last " + days + " days");
    }
    return new Verdict(of, Step.WITHDRAW, beyond(last, days));
  }

  private Verdict(Candidate of, Step step, String why) {
    this("v" + of.number(), of.state(), of.files(), of.bytes(), step, why);
  }

  private static Verdict keep(Candidate of, String why) {
    return new Verdict(of, Step.KEEP, why);
  }

  private static String beyond(@Nullable Integer last, @Nullable Integer days) {
    String place = last == null ? "" : "not among the newest " + last;
    String age = days == null ? "" : "sealed more than " + days + " days ago";
    return place + (place.isEmpty() || age.isEmpty() ? "" : ", ") + age;
  }

  /** What happens next to a version. */
  enum Step {
    KEEP,
    WITHDRAW,
    PURGE;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
