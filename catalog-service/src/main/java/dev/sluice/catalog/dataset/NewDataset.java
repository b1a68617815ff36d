package dev.sluice.catalog.dataset;

import dev.sluice.catalog.DnsLabel;
import dev.sluice.catalog.dataset.Dataset.Description;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dataset begins with; name and data type are required. */
public record NewDataset(
    @Nullable String name,
    @Nullable String dataType,
    @Nullable String displayName,
    @Nullable String applicationScenario,
    @Nullable String description,
    @Nullable List<String> tags,
    @Nullable String licence) {

  /** A dataset that a run writes into, described by its display name alone. */
  public static NewDataset ofRun(String name, DataType type, @Nullable String displayName) {
    return new NewDataset(name, type.text(), displayName, null, null, null, null);
  }

  String checkedName() {
    return DnsLabel.checked("name", name);
  }

  DataType checkedType() {
    return DataType.of(dataType);
  }

  Description checkedDescription() {
    return new DatasetChange(displayName, applicationScenario, description, tags, licence)
        .appliedTo(new Description(checkedName(), null, null, List.of(), null));
  }
}
