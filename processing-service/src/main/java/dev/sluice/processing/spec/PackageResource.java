package dev.sluice.processing.spec;

import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunToken;
import dev.sluice.support.identity.RunTokenOnly;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jspecify.annotations.Nullable;

/** A job's packages over HTTP, for a cluster that is made for the job alone. */
@Path("/api/v1/runs/{id}/attempts/{attempt}/packages")
@Tag(name = "jobs")
class PackageResource {
  private final PackageService packages;

  PackageResource(PackageService packages) {
    this.packages = packages;
  }

  @GET
  @Path("program.zip")
  @Produces("application/zip")
  @PermitAll
  @RunTokenOnly
  @NoCache
  @Operation(operationId = "getJobProgram", summary = "Sluice's own Python package")
  public Uni<byte[]> program(
      @PathParam("id") UUID id,
      @PathParam("attempt") int attempt,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return packages.program(new RunId(id), attempt, RunToken.ofHeader(authorization));
  }

  @GET
  @Path("work.zip")
  @Produces("application/zip")
  @PermitAll
  @RunTokenOnly
  @NoCache
  @Operation(operationId = "getJobFiles", summary = "The files that travel with the entrypoint")
  public Uni<byte[]> work(
      @PathParam("id") UUID id,
      @PathParam("attempt") int attempt,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return packages.work(new RunId(id), attempt, RunToken.ofHeader(authorization));
  }
}
