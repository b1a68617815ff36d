package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists that a service may leave out. */
final class Lists {

  private Lists() {}

  /** A copy that cannot change; a missing list is an empty one. */
  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
