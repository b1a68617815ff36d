package dev.sluice.upload.storage;

import dev.sluice.support.storage.StoreRefused;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Tells a store that is away from one that says no. */
final class StoreFailures {
  private static final Set<String> GONE = Set.of("NoSuchUpload", "NoSuchKey", "NoSuchBucket");
  private static final int SERVER_ERROR = 500;

  private StoreFailures() {}

  /** Whether the store says that there is no such thing. */
  static boolean isGone(Throwable failure) {
    return (failure instanceof Refused refused && GONE.contains(refused.code))
        || (failure instanceof StoreRefused other && GONE.contains(other.code()));
  }

  /** Whether the store says that the object is not the one that was meant. */
  static boolean isOther(Throwable failure) {
    return isGone(failure)
        || (failure instanceof Refused refused && refused.code.equals("PreconditionFailed"));
  }

  /** The failure as an {@link UncheckedIOException} when waiting may help. */
  static Throwable translated(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ErrorResponseException e && e.response().code() < SERVER_ERROR) {
      return new Refused(e);
    }
    return cause instanceof MinioException || cause instanceof IOException
        ? new UncheckedIOException(new IOException("object store: " + cause.getMessage(), cause))
        : cause;
  }

  /** The store understood and refused. */
  static final class Refused extends RuntimeException {
    private final String code;

    Refused(ErrorResponseException cause) {
      super("object store: " + cause.errorResponse().code(), cause);
      this.code = cause.errorResponse().code();
    }
  }
}
