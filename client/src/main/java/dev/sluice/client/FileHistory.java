package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a path on the way to a version; the newest step first. */
public record FileHistory(String path, List<Step> steps) {

  public FileHistory {
    steps = List.copyOf(steps);
  }

  /**
   * A version that did something to the path.
   *
   * @param change added, changed or removed
   */
  public record Step(
      String version,
      String change,
      @Nullable Long size,
      @Nullable String sha256,
      @Nullable String mediaType) {}
}
