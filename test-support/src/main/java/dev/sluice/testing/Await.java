package dev.sluice.testing;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Turns reactive work into straight-line test code. */
public final class Await {
  private Await() {}

  /**
   * Runs the work on a Vert.x context of its own and waits for its result.
   *
   * @return what the work produced
   */
  public static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (Throwable failure) {
      throw Await.<RuntimeException>unchecked(failure);
    }
  }

  /** Throws the failure as it is, so that a test can expect the very exception of the work. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }
}
