package dev.sluice.catalog.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** A dataset, whatever it is called. */
public record DatasetId(@JsonValue UUID value) {
  @JsonCreator
  public DatasetId {
    Objects.requireNonNull(value, "value");
  }

  static DatasetId next() {
    return new DatasetId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
