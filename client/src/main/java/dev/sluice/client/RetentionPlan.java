package dev.sluice.client;

import java.util.List;

/** What a retention rule would do now with each version, the newest first. */
public record RetentionPlan(List<Verdict> versions) {
  public RetentionPlan {
    versions = Lists.orEmpty(versions);
  }

  /**
   * What would happen to a version.
   *
   * @param step keep, withdraw or purge
   */
  public record Verdict(
      String version, String state, long files, long bytes, String step, String why) {}
}
