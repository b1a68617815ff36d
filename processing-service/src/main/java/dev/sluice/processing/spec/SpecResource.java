package dev.sluice.processing.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunToken;
import dev.sluice.support.identity.RunTokenOnly;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jspecify.annotations.Nullable;

/** The job spec over HTTP, for the job alone. */
@Path("/api/v1/runs/{id}/attempts/{attempt}/spec")
@Tag(name = "jobs")
class SpecResource {
  private final SpecService specs;

  SpecResource(SpecService specs) {
    this.specs = specs;
  }

  @GET
  @PermitAll
  @RunTokenOnly
  @NoCache
  @Operation(operationId = "getJobSpec", summary = "What a job reads, does and writes")
  public Uni<JsonNode> get(
      @PathParam("id") UUID id,
      @PathParam("attempt") int attempt,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return specs.of(new RunId(id), attempt, RunToken.ofHeader(authorization));
  }
}
