package dev.sluice.vectorsink.index;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.vectorsink.VectorSinkProblem.QdrantRefused;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns calls of Qdrant's client into {@code Uni}s whose failures are our problems. */
final class QdrantCalls {
  private QdrantCalls() {}

  /** Each subscription makes the call once. */
  static <T> Uni<T> toUni(Supplier<ListenableFuture<T>> call) {
    return Uni.createFrom()
        .<T>emitter(
            emitter ->
                Futures.addCallback(
                    call.get(),
                    new FutureCallback<T>() {
                      @Override
                      public void onSuccess(@Nullable T result) {
                        emitter.complete(result);
                      }

                      @Override
                      public void onFailure(Throwable failure) {
                        emitter.fail(failure);
                      }
                    },
                    MoreExecutors.directExecutor()))
        .onFailure(failure -> statusOf(failure) != null)
        .transform(QdrantCalls::asProblem);
  }

  /** Whether Qdrant says that the collection is not there. */
  static boolean isMissing(Throwable failure) {
    Status status = statusOf(failure);
    return status != null
        && (status.getCode() == Status.Code.NOT_FOUND
            || String.valueOf(status.getDescription()).contains("doesn't exist"));
  }

  private static Throwable asProblem(Throwable failure) {
    Status status = statusOf(failure);
    if (status == null || isMissing(failure)) {
      return failure;
    }
    return switch (status.getCode()) {
      case INVALID_ARGUMENT,
          UNIMPLEMENTED,
          UNAUTHENTICATED,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          ALREADY_EXISTS ->
          new QdrantRefused(status.getCode() + ": " + status.getDescription()).exception();
      default -> new PartAway("Qdrant").exception();
    };
  }

  private static @Nullable Status statusOf(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException e -> e.getStatus();
      case StatusException e -> e.getStatus();
      default -> failure.getCause() == null ? null : statusOf(failure.getCause());
    };
  }
}
