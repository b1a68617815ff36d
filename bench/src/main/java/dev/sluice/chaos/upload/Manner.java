package dev.sluice.chaos.upload;

import dev.sluice.chaos.upload.Steps.Sums;
import java.util.List;
import java.util.Random;

/**
 * How the clients of a trial send.
 *
 * @param sums whether and how they tell checksums of parts
 * @param batched whether small files go together
 */
record Manner(Sums sums, boolean batched) {
  private static final List<Sums> SUMS = List.of(Sums.values());

  /** What the fault needs to be met, the rest by chance. */
  static Manner of(UploadFault fault, Random random) {
    Sums sums = SUMS.get(random.nextInt(SUMS.size()));
    boolean batched = random.nextBoolean();
    return switch (fault) {
      case UploadFault.BytesDamaged f -> new Manner(Sums.TOLD, batched);
      case UploadFault.PointHit f ->
          new Manner(
              f.repairs() ? Sums.TOLD : sums, batched || f.point().startsWith("upload.batch."));
      default -> new Manner(sums, batched);
    };
  }
}
