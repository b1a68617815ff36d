package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists of the API as streams. */
final class Paging {

  private static final int PAGE = 500;

  private Paging() {}

  static <T> Stream<T> of(
      HttpTransport http,
      String path,
      Map<String, ? extends @Nullable Object> filters,
      TypeReference<Page<T>> type) {
    return Cursor.stream(cursor -> http.send(page(path, filters, cursor), type));
  }

  private static ApiRequest page(
      String path, Map<String, ? extends @Nullable Object> filters, @Nullable String cursor) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>(filters);
    parameters.put("limit", PAGE);
    parameters.put("cursor", cursor);
    return ApiRequest.get(path + ApiRequest.query(parameters));
  }
}
