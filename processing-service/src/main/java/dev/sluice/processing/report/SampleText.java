package dev.sluice.processing.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;

/** The sample of a dry run, as it is kept. */
final class SampleText {
  private static final int LONGEST = 1 << 20;
  private static final int MOST_SHOWN = 20;

  private SampleText() {}

  /** The sample as text; refused unless it has the parts that readers rely on. */
  static String of(JsonNode sample) {
    require(sample.isObject(), "body", "an object with rows, operators and output");
    require(sample.path("rows").canConvertToInt(), "rows", "how many rows were looked at");
    require(sample.path("operators").isArray(), "operators", "a list");
    require(sample.path("output").isArray(), "output", "a list");
    require(
        sample.path("output").size() <= MOST_SHOWN, "output", "at most " + MOST_SHOWN + " rows");
    String text = sample.toString();
    require(text.getBytes(UTF_8).length <= LONGEST, "body", "at most 1 MiB");
    return text;
  }

  private static void require(boolean holds, String field, String allowed) {
    if (!holds) {
      throw InvalidRequest.of(field, "what was sent", allowed).exception();
    }
  }
}
