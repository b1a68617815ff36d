package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dataset needs to begin with; only the name and the type are required. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewDataset(
    String name,
    DataType dataType,
    @Nullable String displayName,
    @Nullable String applicationScenario,
    @Nullable String description,
    List<String> tags,
    @Nullable String licence) {

  public NewDataset {
    tags = Lists.orEmpty(tags);
  }

  /** A dataset with nothing but a name and a type. */
  public static NewDataset named(String name, DataType dataType) {
    return new NewDataset(name, dataType, null, null, null, List.of(), null);
  }
}
