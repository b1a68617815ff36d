package dev.sluice.catalog.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Optional;

/**
 * Where a page of datasets ended, with the list it belongs to, so that no cursor goes on in a list
 * of another order or filter.
 *
 * @param sort the order
 * @param filter digest of the filter
 * @param value of the last dataset in that order
 * @param name of the last dataset
 */
record DatasetPosition(String sort, String filter, String value, String name) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The position in a cursor; empty on the first page; 400 when it is of another list. */
  static Optional<DatasetPosition> of(PageRequest page, DatasetOrder order, DatasetFilter filter) {
    if (page.after().isEmpty()) {
      return Optional.empty();
    }
    DatasetPosition position = read(page.after());
    if (!position.sort.equals(order.toString()) || !position.filter.equals(filter.digest())) {
      throw InvalidRequest.of(
              "cursor",
              page.after(),
              "a nextCursor of the list with this very sort and these very filters")
          .exception();
    }
    return Optional.of(position);
  }

  /** The text of a cursor behind the dataset. */
  static String behind(Dataset dataset, DatasetOrder order, DatasetFilter filter) {
    DatasetPosition position =
        new DatasetPosition(
            order.toString(), filter.digest(), order.positionOf(dataset), dataset.name());
    try {
      return JSON.writeValueAsString(position);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a cursor", e);
    }
  }

  private static DatasetPosition read(String text) {
    try {
      return JSON.readValue(text, DatasetPosition.class);
    } catch (JsonProcessingException e) {
      throw InvalidRequest.of("cursor", text, "a nextCursor of this list").exception();
    }
  }
}
