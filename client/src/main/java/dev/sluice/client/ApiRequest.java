package dev.sluice.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One logical call: it keeps its headers, and so its idempotency key, over all tries.
 *
 * @param target path and query below the API's address
 */
record ApiRequest(
    String method, String target, Map<String, String> headers, @Nullable String body) {

  static ApiRequest get(String target) {
    return new ApiRequest("GET", target, Map.of("Accept", "application/json"), null);
  }

  static ApiRequest of(String method, String target) {
    return new ApiRequest(method, target, Map.of("Accept", "application/json"), null);
  }

  /** A POST that makes something: repeated, it makes it once. */
  static ApiRequest create(String target, Object body) {
    return of("POST", target)
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .json(Json.write(body));
  }

  ApiRequest json(Object body) {
    return json(Json.write(body));
  }

  private ApiRequest json(String text) {
    return content("application/json", text);
  }

  ApiRequest content(String mediaType, String text) {
    return new ApiRequest(method, target, with("Content-Type", mediaType).headers, text);
  }

  ApiRequest with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiRequest(method, target, more, body);
  }

  /** A path of encoded segments; slashes inside a segment stay when it is a file's path. */
  static String path(String... segments) {
    return Arrays.stream(segments)
        .map(ApiRequest::encode)
        .collect(Collectors.joining("/", "/", ""));
  }

  static String encodePath(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(ApiRequest::encode)
        .collect(Collectors.joining("/"));
  }

  static String query(Map<String, ? extends @Nullable Object> parameters) {
    String text =
        parameters.entrySet().stream()
            .flatMap(entry -> each(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? "" : "?" + text;
  }

  /** A list repeats its name; null says nothing. */
  private static Stream<String> each(String name, @Nullable Object value) {
    return switch (value) {
      case null -> Stream.of();
      case Collection<?> many -> many.stream().flatMap(one -> each(name, one));
      default -> Stream.of(name + "=" + encode(String.valueOf(value)));
    };
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
