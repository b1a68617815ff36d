package dev.sluice.vectorsink.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;

/**
 * A version, as the catalog tells.
 *
 * @param state {@code draft}, {@code sealed}, {@code released} or {@code withdrawn}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CatalogVersion(
    String project, UUID datasetId, String dataset, String version, String state) {

  /** Whether the content is final and may be used. */
  public boolean usable() {
    return state.equals("sealed") || state.equals("released");
  }
}
