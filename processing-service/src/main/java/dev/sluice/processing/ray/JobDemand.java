package dev.sluice.processing.ray;

import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.manifest.RayCluster;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job wants to run.
 *
 * @param image null for any
 * @param cluster of the job's own; null where the manifest names none
 * @param isUsersProgram whether the command is a user's, which shares no cluster with others
 * @param packagesUrl where a cluster that is yet to come gets the job's packages, ends with a slash
 * @param deadlineAt the job is stopped then
 */
public record JobDemand(
    @Nullable Image image,
    @Nullable RayCluster cluster,
    boolean isUsersProgram,
    String packagesUrl,
    Instant deadlineAt) {

  /** Whether it needs a cluster of its own, where such can be made. */
  boolean needsOwnCluster(@Nullable String sharedImage) {
    boolean otherImage = image != null && !image.name().equals(sharedImage);
    return cluster != null || isUsersProgram || otherImage;
  }
}
