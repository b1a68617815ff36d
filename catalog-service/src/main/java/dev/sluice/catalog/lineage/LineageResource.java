package dev.sluice.catalog.lineage;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lineage of a version over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}/lineage")
@Tag(name = "lineage")
class LineageResource {
  private final ProjectAccess access;
  private final LineageService lineage;

  LineageResource(ProjectAccess access, LineageService lineage) {
    this.access = access;
    this.lineage = lineage;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_lineage",
      summary = "From the version's sources through runs to its collections")
  public Uni<Lineage> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version) {
    return access.scope(project).flatMap(scope -> lineage.of(scope, dataset, version));
  }
}
