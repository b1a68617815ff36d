package dev.sluice.processing.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sluice.processing.run.RunProgress.Blocks;
import dev.sluice.processing.run.RunProgress.Rows;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;

/**
 * What a job says about how far it is.
 *
 * @param stage the one at work, from 0
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProgressReport(int stage, int stages, Blocks blocks, Rows rows) {
  private static final int MOST_STAGES = 1_000;

  public ProgressReport {
    blocks = blocks == null ? new Blocks(0, 0, 0) : blocks;
    rows = rows == null ? new Rows(0, 0) : rows;
  }

  /** This report; refused when its figures contradict each other, naming the first. */
  public ProgressReport checked() {
    require(stages >= 1 && stages <= MOST_STAGES, "stages", stages, "1 to " + MOST_STAGES);
    require(stage >= 0 && stage < stages, "stage", stage, "0 to stages - 1");
    long done = blocks.done();
    long reused = blocks.reused();
    require(reused >= 0 && reused <= done, "blocks.reused", reused, "0 to blocks.done");
    require(done <= blocks.total(), "blocks.done", done, "0 to blocks.total");
    require(rows.in() >= 0, "rows.in", rows.in(), "0 or more");
    require(rows.out() >= 0, "rows.out", rows.out(), "0 or more");
    return this;
  }

  private static void require(boolean holds, String field, long value, String allowed) {
    if (!holds) {
      throw InvalidRequest.of(field, String.valueOf(value), allowed).exception();
    }
  }
}
