package dev.sluice.catalog.dataset;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * In which order datasets are listed; those that are equal in it go by name.
 *
 * @param descending the largest or latest first
 */
record DatasetOrder(Key key, boolean descending) {
  private static final String DESCENDING = "-";

  /** What is compared. */
  enum Key {
    NAME("name"),
    CREATED("created"),
    CHANGED("changed"),
    DISPLAY_NAME("displayName");

    private final String text;

    Key(String text) {
      this.text = text;
    }
  }

  /** The order of a query parameter such as {@code -created}; by name when there is none. */
  static DatasetOrder of(@Nullable String sort) {
    if (sort == null || sort.isEmpty()) {
      return new DatasetOrder(Key.NAME, false);
    }
    boolean descending = sort.startsWith(DESCENDING);
    String name = descending ? sort.substring(1) : sort;
    for (Key key : Key.values()) {
      if (key.text.equals(name)) {
        return new DatasetOrder(key, descending);
      }
    }
    throw InvalidRequest.of(
            "sort", sort, "name, created, changed or displayName, with '-' before it to turn round")
        .exception();
  }

  /** Where a dataset stands in this order; its name stands behind it. */
  String positionOf(Dataset dataset) {
    return switch (key) {
      case NAME -> "";
      case CREATED -> dataset.createdAt().toString();
      case CHANGED -> dataset.changedAt().toString();
      case DISPLAY_NAME -> dataset.about().displayName();
    };
  }

  /** As the query parameter is written. */
  @Override
  public String toString() {
    return (descending ? DESCENDING : "") + key.text;
  }
}
