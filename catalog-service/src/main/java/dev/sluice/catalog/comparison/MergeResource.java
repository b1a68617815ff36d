package dev.sluice.catalog.comparison;

import dev.sluice.catalog.comparison.MergeView.MergeRequest;
import dev.sluice.catalog.comparison.MergeView.Merged;
import dev.sluice.catalog.comparison.MergeView.RestoreRequest;
import dev.sluice.catalog.comparison.MergeView.Restored;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Merges into drafts, and restores of single paths, over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}")
@Tag(name = "comparison")
class MergeResource {
  private final ProjectAccess access;
  private final MergeService merges;

  MergeResource(ProjectAccess access, MergeService merges) {
    this.access = access;
    this.merges = merges;
  }

  @POST
  @Path("/merge")
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "merge_version",
      summary = "Brings into a draft what another version did since both began with the same one")
  public Uni<Merged> merge(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Nullable MergeRequest body) {
    MergeRequest request = Objects.requireNonNullElse(body, new MergeRequest(null, null));
    VersionRef into = new VersionRef(dataset, version);
    return access.scope(project).flatMap(scope -> merge(scope, into, request));
  }

  @POST
  @Path("/restore")
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "restore_files",
      summary = "Gives paths of a draft, or all below a prefix, what another version has there")
  public Uni<Restored> restore(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Nullable RestoreRequest body) {
    RestoreRequest request = Objects.requireNonNullElse(body, new RestoreRequest(null, null, null));
    VersionRef into = new VersionRef(dataset, version);
    return access.scope(project).flatMap(scope -> restore(scope, into, request));
  }

  private Uni<Merged> merge(ProjectScope scope, VersionRef into, MergeRequest request) {
    return merges.merge(scope, into, request.checkedFrom(), request.checkedResolution());
  }

  private Uni<Restored> restore(ProjectScope scope, VersionRef into, RestoreRequest request) {
    VersionRef from = References.of(into.dataset(), "from", request.from());
    return merges.restore(scope, into, from, request.checkedWanted());
  }
}
