package dev.sluice.catalog;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * How long bodies may be. Quarkus knows one limit for all of them, and that is the one for edits,
 * which are spooled to disk; every other body is held in memory and must be short.
 */
@ApplicationScoped
class BodyLimits {
  private static final long IN_MEMORY = 2L << 20;
  private static final int BEHIND_THE_GENERAL_LIMIT =
      -(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1);
  private static final String SPOOLED = "/edits";
  private static final int TOO_LARGE = 413;

  void register(@Observes Filters filters) {
    filters.register(BodyLimits::check, BEHIND_THE_GENERAL_LIMIT);
  }

  private static void check(RoutingContext call) {
    if (call.normalizedPath().endsWith(SPOOLED)) {
      call.next();
      return;
    }
    String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > IN_MEMORY) {
      call.response().putHeader(HttpHeaders.CONNECTION, "close").setStatusCode(TOO_LARGE);
      call.end().onComplete(sent -> call.request().connection().close());
      return;
    }
    call.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, IN_MEMORY);
    call.next();
  }
}
