package dev.sluice.support.http;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit rows, 1 to 1,000
 * @param after keyset value to start behind; empty text for the first page
 */
public record PageRequest(int limit, String after) {
  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX_LIMIT = 1_000;

  /** From the query parameters {@code limit} and {@code cursor}; 400 when they are not valid. */
  public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
    int wanted = limit == null ? DEFAULT_LIMIT : limit;
    if (wanted < 1 || wanted > MAX_LIMIT) {
      throw InvalidRequest.of("limit", wanted, "1 to " + MAX_LIMIT).exception();
    }
    return new PageRequest(wanted, cursor == null || cursor.isEmpty() ? "" : Cursor.decode(cursor));
  }

  /** Rows to fetch so that {@link Page#of} can tell whether more follow. */
  public int fetch() {
    return limit + 1;
  }
}
