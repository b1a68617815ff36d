package dev.sluice.catalog.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry on the wire. */
@Schema(name = "AuditEntry")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AuditView(
    long id,
    Instant at,
    String actor,
    String action,
    @Nullable UUID datasetId,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String object,
    @Nullable String reason,
    Map<String, String> details) {}
