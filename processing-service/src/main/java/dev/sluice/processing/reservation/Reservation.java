package dev.sluice.processing.reservation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;

/**
 * The draft the catalog reserved.
 *
 * @param keyPrefix where its objects go
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Reservation(UUID datasetId, String dataset, String version, String keyPrefix) {}
