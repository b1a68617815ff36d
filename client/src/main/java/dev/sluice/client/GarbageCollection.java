package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A garbage collection of a project.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param reason why it failed
 * @param findings once it is done; of a dry run, what it would have done
 */
public record GarbageCollection(
    String id,
    String project,
    boolean dryRun,
    String state,
    String requestedBy,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String reason,
    @Nullable Findings findings) {

  /** Whether it goes on. */
  public boolean running() {
    return state.equals("running");
  }

  /** So many, and their bytes. */
  public record Amount(long count, long bytes) {}

  /**
   * What a collection found.
   *
   * @param nodesReached nodes of manifests that versions reach
   * @param nodesDeleted nodes that none reaches
   * @param draftRowsDeleted changes of drafts that are sealed or dropped
   */
  public record Findings(
      long nodesReached, Amount nodesDeleted, Objects objects, long draftRowsDeleted) {}

  /**
   * What became of objects.
   *
   * @param doomed no file points at them; they go when a grace period is over
   * @param spared were doomed, but files point at them again
   * @param deleted their grace period is over
   */
  public record Objects(Amount doomed, Amount spared, Amount deleted) {}
}
