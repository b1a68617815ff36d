package dev.sluice.support.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list in key order.
 *
 * @param nextCursor give it back as {@code cursor} for the next page; null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * The page for a query that fetched one row more than asked for.
   *
   * @param rows at most {@code request.limit() + 1} rows
   * @param keyOf the keyset value of a row
   */
  public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, String> keyOf) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, request.limit());
    return new Page<>(items, Cursor.encode(keyOf.apply(items.getLast())));
  }

  /** The same page in another form. */
  public <R> Page<R> map(Function<? super T, ? extends R> form) {
    return new Page<>(items.stream().<R>map(form).toList(), nextCursor);
  }
}
