package dev.sluice.upload.importing;

import dev.sluice.events.ImportEvent.Place;
import dev.sluice.upload.media.DataType;
import java.util.List;
import java.util.Optional;

/**
 * What is to be imported, checked field by field.
 *
 * @param dataType for a dataset that does not exist yet
 * @param prefix folder that the files go to; empty text for the top
 * @param expand whether archives are taken apart
 */
record ImportOrder(
    String project,
    String dataset,
    Optional<DataType> dataType,
    List<Place> sources,
    String prefix,
    boolean expand) {
  ImportOrder {
    sources = List.copyOf(sources);
  }

  /** Where a file of a source goes. */
  String pathOf(String sourcePath) {
    return prefix.isEmpty() ? sourcePath : prefix + "/" + sourcePath;
  }
}
