package dev.sluice.local.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The few errors that the gateway itself answers, as problem+json. */
final class Problems {
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_SECONDS = "2";

  private Problems() {}

  static void noRoute(HttpServerRequest request) {
    answer(request, NOT_FOUND, "not-found", "Nothing is at this address");
  }

  static void serviceAway(HttpServerRequest request, String service) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      request.connection().close();
      return;
    }
    List.copyOf(response.headers().names()).stream()
        .filter(name -> !isForPages(name))
        .forEach(response.headers()::remove);
    response.putHeader("Retry-After", RETRY_SECONDS);
    answer(request, UNAVAILABLE, "service-unavailable", service + " does not answer now");
  }

  /** What was decided about the page that asks stays, whoever answers. */
  private static boolean isForPages(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith("access-control-") || name.equals("vary");
  }

  private static void answer(HttpServerRequest request, int status, String code, String detail) {
    JsonObject problem =
        new JsonObject()
            .put("type", "https://sluice.dev/problems/" + code)
            .put("title", status == NOT_FOUND ? "Not found" : "Service unavailable")
            .put("status", status)
            .put("detail", detail)
            .put("instance", request.path())
            .put("code", code);
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.toBuffer());
  }
}
