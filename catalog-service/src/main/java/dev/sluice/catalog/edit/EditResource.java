package dev.sluice.catalog.edit;

import dev.sluice.events.VersionRef;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Edits of drafts over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}/edits")
@Tag(name = "files")
class EditResource {
  private final ProjectAccess access;
  private final SpoolService spool;
  private final EditService edits;

  EditResource(ProjectAccess access, SpoolService spool, EditService edits) {
    this.access = access;
    this.spool = spool;
    this.edits = edits;
  }

  @POST
  @ProjectRole(Role.EDITOR)
  @RequestBody(
      description = "A JSON object per line",
      content =
          @Content(
              mediaType = "application/x-ndjson",
              schema = @Schema(implementation = EditLine.class)))
  @Operation(
      operationId = "edit_files",
      summary = "Puts, removes and moves files of a draft, millions at once, all or nothing")
  public Uni<EditCounts> edit(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Context HttpServerRequest request) {
    VersionRef name = new VersionRef(dataset, version);
    return access.scope(project).flatMap(scope -> edit(scope, name, request));
  }

  private Uni<EditCounts> edit(ProjectScope scope, VersionRef name, HttpServerRequest request) {
    return edits
        .check(scope, name)
        .chain(() -> Contexts.comingBack(spool.spool(request)))
        .flatMap(lines -> edits.edit(scope, name, lines).eventually(() -> spool.remove(lines)));
  }
}
