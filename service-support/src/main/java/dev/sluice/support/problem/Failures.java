package dev.sluice.support.problem;

import io.quarkus.oidc.client.OidcClientException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.hibernate.exception.JDBCConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells a part that is away (wait and retry) from a request that can never succeed. */
public final class Failures {
  /** SQLSTATE classes: connection, rollback (deadlock), resources, operator, system. */
  private static final Set<String> TRANSIENT_SQL = Set.of("08", "40", "53", "55", "57", "58");

  private static final int DEPTH = 12;

  private Failures() {}

  /** Whether the same work may succeed later without any change to it. */
  public static boolean isTransient(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
      if (cause instanceof ProblemException p) {
        return p.problem().transientFailure();
      }
      if (isAway(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(Throwable cause) {
    return switch (cause) {
      case com.fasterxml.jackson.core.JacksonException e -> false;
      case IOException e -> true;
      case TimeoutException e -> true;
      case RetriableException e -> true;
      case OidcClientException e -> true;
      case JDBCConnectionException e -> true;
      case PgException e ->
          e.getSqlState() == null
              || e.getSqlState().length() < 2
              || TRANSIENT_SQL.contains(e.getSqlState().substring(0, 2));
      case NoStackTraceThrowable e -> true;
      case HttpClosedException e -> true;
      case WebApplicationException e ->
          e.getResponse().getStatus() >= 500 || e.getResponse().getStatus() == 429;
      default ->
          cause instanceof ClosedChannelException
              || cause.getClass().getSimpleName().contains("ClosedConnection")
              || String.valueOf(cause.getMessage()).contains("Connection is closed")
              || String.valueOf(cause.getMessage()).contains("Timeout");
    };
  }
}
