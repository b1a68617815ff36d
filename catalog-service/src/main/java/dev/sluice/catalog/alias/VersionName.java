package dev.sluice.catalog.alias;

import dev.sluice.catalog.version.VersionNumber;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A name of a version.
 *
 * @param revision counts its moves
 */
record VersionName(
    String name,
    NameKind kind,
    VersionNumber number,
    int revision,
    String movedBy,
    Instant movedAt) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
  private static final Pattern NUMBER = Pattern.compile("v[0-9]+");
  private static final String LATEST = "latest";

  /** Whether a text can be the name of an alias or a tag. */
  static boolean fits(String text) {
    return FORM.matcher(text).matches() && !NUMBER.matcher(text).matches() && !text.equals(LATEST);
  }

  /** The name; 400 when it has another form. */
  static String checked(String text) {
    if (!fits(text)) {
      throw InvalidRequest.of(
              "name", text, "a-z, then up to 62 of a-z, 0-9, '.', '_', '-'; not latest, not v1")
          .exception();
    }
    return text;
  }

  String etag() {
    return "\"" + revision + "\"";
  }
}
