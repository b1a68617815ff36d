package dev.sluice.local.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Web pages that may use the API and the object store from a browser (CORS).
 *
 * @param allowed origins such as {@code https://app.example.org}; {@code :*} at the end means any
 *     port
 */
public record Origins(List<String> allowed) {
  /** Variable that names them, separated by commas; empty for none. */
  public static final String VARIABLE = "SLUICE_CORS_ORIGINS";

  private static final String OF_THIS_MACHINE = "http://localhost:*,http://127.0.0.1:*";
  private static final String ANY_PORT = ":*";

  /** Copies the list. */
  public Origins {
    allowed = List.copyOf(allowed);
  }

  /** Those that the environment names; else pages served by this machine itself. */
  public static Origins configured() {
    return parse(Optional.ofNullable(System.getenv(VARIABLE)).orElse(OF_THIS_MACHINE));
  }

  /** Reads {@link #text()}. */
  public static Origins parse(String text) {
    return new Origins(
        Stream.of(text.split(",", -1)).map(String::strip).filter(o -> !o.isEmpty()).toList());
  }

  /** All of them, separated by commas. */
  public String text() {
    return String.join(",", allowed);
  }

  /** As regular expressions over a whole origin. */
  public List<String> patterns() {
    return allowed.stream().map(Origins::pattern).toList();
  }

  /** Whether a page of this origin may. */
  public boolean allows(String origin) {
    return patterns().stream().anyMatch(origin::matches);
  }

  /** Says in the answer that this page may read it; true when the request is answered by that. */
  boolean answered(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    request.response().putHeader("Vary", "Origin");
    if (!allows(origin)) {
      return false;
    }
    request
        .response()
        .putHeader("Access-Control-Allow-Origin", origin)
        .putHeader("Access-Control-Expose-Headers", "ETag, Location, Retry-After");
    boolean asksFirst =
        request.method().name().equals("OPTIONS")
            && request.getHeader("Access-Control-Request-Method") != null;
    if (asksFirst) {
      allow(request);
    }
    return asksFirst;
  }

  private static void allow(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(204)
        .putHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
        .putHeader(
            "Access-Control-Allow-Headers",
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match")
        .putHeader("Access-Control-Max-Age", "600")
        .end();
  }

  private static String pattern(String origin) {
    return origin.endsWith(ANY_PORT)
        ? Pattern.quote(origin.substring(0, origin.length() - ANY_PORT.length())) + "(:[0-9]+)?"
        : Pattern.quote(origin);
  }
}
