package dev.sluice.catalog.croissant;

import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Croissant over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}/croissant")
@Tag(name = "versions")
class CroissantResource {
  private final ProjectAccess access;
  private final CroissantService croissants;

  CroissantResource(ProjectAccess access, CroissantService croissants) {
    this.access = access;
    this.croissants = croissants;
  }

  @GET
  @Produces("application/ld+json")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_croissant",
      summary = "A sealed version as Croissant 1.1: what it is, its files and their SHA-256")
  public Uni<byte[]> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Context UriInfo uri) {
    URI datasets = uri.getBaseUri().resolve("/api/v1/projects/" + project + "/datasets");
    VersionRef name = new VersionRef(dataset, version);
    return access
        .scope(project)
        .flatMap(scope -> croissants.describe(scope, name, datasets.toString()));
  }
}
