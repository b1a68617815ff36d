package dev.sluice.upload.source;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jboss.logging.Logger;

/** Says what a refusal of an S3 store means for a source. */
final class S3Failures {
  private static final Logger LOG = Logger.getLogger(S3Failures.class);
  private static final int PRECONDITION_FAILED = 412;
  private static final int SERVER_ERROR = 500;
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 429);

  private S3Failures() {}

  static SourceException of(String what, MinioException failure) {
    if (!(failure instanceof ErrorResponseException refusal)) {
      return SourceException.in(failure)
          .orElseGet(() -> new SourceException.Unreachable(what + ": " + reason(failure), failure));
    }
    int status = refusal.response().code();
    String says = what + ": the store answers " + status + " " + refusal.errorResponse().code();
    if (status == PRECONDITION_FAILED) {
      return new SourceException.Changed(what + ": is no longer the one listed");
    }
    return status >= SERVER_ERROR || TRY_AGAIN.contains(status)
        ? new SourceException.Unreachable(says)
        : new SourceException.Gone(says);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return Text.shown(String.valueOf(cause.getMessage()));
  }

  /** Closes what is of no use any more. */
  static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.debugf("not closed: %s", e.getMessage());
    }
  }
}
