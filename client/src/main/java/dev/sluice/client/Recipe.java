package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How the rows of a dataset become vectors. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipe(
    @Nullable String project,
    @Nullable String dataset,
    String model,
    String textColumn,
    String distance,
    @Nullable String digest) {

  /** The model that runs inside the vector sink, over the given column, by cosine. */
  public static Recipe miniLm(String textColumn) {
    return new Recipe(null, null, "all-MiniLM-L6-v2", textColumn, "cosine", null);
  }
}
