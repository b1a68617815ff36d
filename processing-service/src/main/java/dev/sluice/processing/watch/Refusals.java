package dev.sluice.processing.watch;

import dev.sluice.processing.code.CodeRefused;
import dev.sluice.processing.importing.ImportRefused;
import dev.sluice.processing.ray.RayRefused;
import dev.sluice.processing.reservation.CatalogRefused;
import dev.sluice.processing.run.RunState.Failure;

/** Refusals of others as failures of a run. */
final class Refusals {
  private Refusals() {}

  static boolean isRefusal(Throwable failure) {
    return failure instanceof CatalogRefused
        || failure instanceof RayRefused
        || failure instanceof CodeRefused
        || failure instanceof ImportRefused;
  }

  static Failure failure(Throwable refusal) {
    if (refusal instanceof CatalogRefused refused) {
      return Failure.of(refused.code(), "the catalog refuses: " + refused.getMessage());
    }
    if (refusal instanceof RayRefused refused) {
      return Failure.of("ray-refused", "Ray does not take the job: " + refused.getMessage());
    }
    if (refusal instanceof CodeRefused refused) {
      return Failure.of(refused.code(), String.valueOf(refused.getMessage()));
    }
    if (refusal instanceof ImportRefused refused) {
      return Failure.of(refused.code(), "the source was not imported: " + refused.getMessage());
    }
    throw new IllegalArgumentException(refusal);
  }
}
