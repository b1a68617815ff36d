package dev.sluice.catalog.dataset;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Under which licence a dataset may be used, as an identifier in the form of SPDX 2.3. */
final class Licence {
  private static final int LONGEST = 100;
  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9.-]*\\+?"
              + "|(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+");

  private Licence() {}

  /** The identifier; null when nothing is left of it; 400 when it has another form. */
  static @Nullable String checked(String text) {
    String id = text.strip();
    if (id.isEmpty()) {
      return null;
    }
    if (id.length() > LONGEST || !FORM.matcher(id).matches()) {
      throw InvalidRequest.of(
              "licence", text, "one SPDX identifier such as Apache-2.0 or LicenseRef-ours")
          .exception();
    }
    return id;
  }
}
