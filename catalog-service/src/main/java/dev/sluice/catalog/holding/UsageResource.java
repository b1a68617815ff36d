package dev.sluice.catalog.holding;

import dev.sluice.catalog.holding.Quota.Usage;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a project holds and may hold, over HTTP. */
@Path("/api/v1/projects/{project}")
@Tag(name = "projects")
class UsageResource {
  private final ProjectAccess access;
  private final QuotaService quotas;

  UsageResource(ProjectAccess access, QuotaService quotas) {
    this.access = access;
    this.quotas = quotas;
  }

  @GET
  @Path("/usage")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_usage", summary = "Objects and bytes of the project, and its quota")
  public Uni<Usage> usage(@PathParam("project") String project) {
    return access.scope(project).flatMap(quotas::usage);
  }

  @PUT
  @Path("/quota")
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "put_quota",
      summary = "Limits the bytes, within what the administrator allows; null takes it back")
  public Uni<Usage> put(@PathParam("project") String project, @Nullable Quota body) {
    Quota quota = Objects.requireNonNullElse(body, Quota.NONE);
    return access.scope(project).flatMap(scope -> quotas.set(scope, quota));
  }
}
