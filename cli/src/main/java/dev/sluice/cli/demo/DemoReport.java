package dev.sluice.cli.demo;

import java.util.List;
import java.util.Map;

/**
 * What the demo did, printed by {@code -o json}.
 *
 * @param figures by name: files, bytes, parts, rows, points, …
 * @param holds whether every check does
 */
public record DemoReport(
    boolean holds, List<StepTime> steps, Map<String, Object> figures, List<Check> checks) {

  public DemoReport {
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
  }

  /** Seconds that a step took. */
  public record StepTime(int step, String title, double seconds) {}
}
