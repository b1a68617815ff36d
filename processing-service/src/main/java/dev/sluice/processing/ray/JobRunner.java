package dev.sluice.processing.ray;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Runs programs on a cluster. Every call fails with {@link RayAway} when the cluster does not
 * answer, which says nothing about the job.
 */
public interface JobRunner {
  /**
   * Hands a job over; handing over the same submission id again changes nothing.
   *
   * <p>Fails with {@link RayRefused} when the cluster will never take it.
   */
  Uni<Void> submit(JobSubmission job);

  /** What the cluster says about a job; empty when it does not know it. */
  Uni<Optional<JobReport>> report(String submissionId);

  /** Asks for the end of a job; true when it was still at work. Unknown jobs count as ended. */
  Uni<Boolean> stop(String submissionId);

  /**
   * All the job has printed, as UTF-8 in pieces that may end anywhere; none when the cluster does
   * not know it.
   */
  Multi<byte[]> log(String submissionId);
}
