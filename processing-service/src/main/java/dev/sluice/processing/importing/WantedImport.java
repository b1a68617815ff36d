package dev.sluice.processing.importing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import that a run needs.
 *
 * @param id the same whenever it is asked for
 * @param dataset made when it is missing
 * @param folder of the dataset that the files go to
 * @param url without wildcards
 * @param glob which files of a listing; null takes all
 * @param credentials name of a configured secret
 * @param expand whether archives are taken apart
 */
public record WantedImport(
    UUID id,
    String project,
    String requestedBy,
    String dataset,
    String dataType,
    String folder,
    String url,
    @Nullable String glob,
    @Nullable String credentials,
    boolean expand) {}
