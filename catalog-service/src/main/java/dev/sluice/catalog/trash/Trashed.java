package dev.sluice.catalog.trash;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in the trash.
 *
 * @param id names it, since a namesake may live
 * @param purgeAt when it goes for good
 */
@Schema(name = "TrashedDataset")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Trashed(
    UUID id,
    String name,
    String displayName,
    String dataType,
    String creator,
    @Nullable String deletedBy,
    Instant deletedAt,
    Instant purgeAt) {}
