package dev.sluice.support.async;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Keeps database sessions, which belong to a Vert.x context, apart from other threads. */
public final class Contexts {
  private Contexts() {}

  /** An asynchronous call whose answer comes back on the context of the subscriber. */
  public static <T> Uni<T> calling(Supplier<CompletionStage<T>> call) {
    return comingBack(Uni.createFrom().completionStage(call));
  }

  /** A blocking call on a worker thread whose answer comes back on the subscriber's context. */
  public static <T> Uni<T> blocking(Supplier<T> call) {
    return comingBack(
        Uni.createFrom().item(call).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
  }

  /** The same work; what follows runs on the context of the subscriber, whoever answered. */
  public static <T> Uni<T> comingBack(Uni<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context context = Vertx.currentContext();
              return context == null
                  ? work
                  : work.emitOn(task -> context.runOnContext(ignored -> task.run()));
            });
  }

  /** The same work on a fresh context, so that it shares no database session with the caller. */
  public static <T> Uni<T> apart(Vertx vertx, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Context fresh = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
              VertxContextSafetyToggle.setContextSafe(fresh, true);
              fresh.runOnContext(
                  ignored ->
                      Uni.createFrom()
                          .<T>deferred(work::get)
                          .subscribe()
                          .with(emitter::complete, emitter::fail));
            });
  }
}
