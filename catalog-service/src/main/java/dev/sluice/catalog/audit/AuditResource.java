package dev.sluice.catalog.audit;

import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit of a project over HTTP. */
@Path("/api/v1/projects/{project}/audit")
@Tag(name = "audit")
class AuditResource {
  private final ProjectAccess access;
  private final AuditService audit;

  AuditResource(ProjectAccess access, AuditService audit) {
    this.access = access;
    this.audit = audit;
  }

  @GET
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "list_audit", summary = "Who changed what and why, newest first")
  public Uni<Page<AuditView>> list(
      @PathParam("project") String project,
      @QueryParam("action") @Nullable String action,
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("dataset") @Nullable String dataset,
      @QueryParam("version") @Nullable String version,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    AuditFilter filter =
        new AuditFilter(
            action == null || action.isEmpty() ? null : AuditAction.of(action),
            actor,
            dataset,
            version,
            AuditFilter.instant("from", from),
            AuditFilter.instant("to", to));
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> audit.list(scope, filter, page));
  }
}
