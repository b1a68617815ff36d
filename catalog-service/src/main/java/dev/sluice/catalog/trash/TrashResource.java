package dev.sluice.catalog.trash;

import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The trash of a project over HTTP. */
@Path("/api/v1/projects/{project}/trash")
@Tag(name = "trash")
class TrashResource {
  private final ProjectAccess access;
  private final TrashService trash;

  TrashResource(ProjectAccess access, TrashService trash) {
    this.access = access;
    this.trash = trash;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_trash", summary = "Deleted datasets, oldest first")
  public Uni<Page<Trashed>> list(
      @PathParam("project") String project,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> trash.list(scope, page));
  }

  @POST
  @Path("/{datasetId}/restore")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "restore_dataset", summary = "Brings a dataset back under its name")
  public Uni<Void> restore(
      @PathParam("project") String project,
      @PathParam("datasetId") String dataset,
      @QueryParam("reason") @Nullable String reason) {
    return access.scope(project).flatMap(scope -> trash.restore(scope, dataset, reason));
  }

  @DELETE
  @Path("/{datasetId}")
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "purge_dataset",
      summary = "Gives a deleted dataset up for good, before its time")
  public Uni<Void> purge(
      @PathParam("project") String project,
      @PathParam("datasetId") String dataset,
      @QueryParam("reason") @Nullable String reason) {
    return access.scope(project).flatMap(scope -> trash.giveUp(scope, dataset, reason));
  }
}
