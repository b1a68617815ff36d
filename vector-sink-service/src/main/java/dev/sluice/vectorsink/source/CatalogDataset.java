package dev.sluice.vectorsink.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;

/** A dataset, as the catalog tells. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CatalogDataset(UUID id, String name) {}
