package dev.sluice.catalog.retention;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Retention rules over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/retention")
@Tag(name = "retention")
class RetentionResource {
  private static final RetentionRule NONE = new RetentionRule(null, null, null);

  private final ProjectAccess access;
  private final RetentionService retention;

  RetentionResource(ProjectAccess access, RetentionService retention) {
    this.access = access;
    this.retention = retention;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_retention", summary = "Which versions of the dataset are kept")
  public Uni<RetentionRule> get(
      @PathParam("project") String project, @PathParam("dataset") String dataset) {
    return access.scope(project).flatMap(scope -> retention.get(scope, dataset));
  }

  @PUT
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "set_retention", summary = "Says which versions are kept from now on")
  public Uni<RetentionRule> put(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @QueryParam("reason") @Nullable String reason,
      @Nullable RetentionRule body) {
    RetentionRule rule = Objects.requireNonNullElse(body, NONE);
    return access.scope(project).flatMap(scope -> retention.put(scope, dataset, rule, reason));
  }

  @DELETE
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "remove_retention", summary = "Keeps all versions from now on")
  public Uni<Void> remove(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @QueryParam("reason") @Nullable String reason) {
    return access.scope(project).flatMap(scope -> retention.remove(scope, dataset, reason));
  }

  @GET
  @Path("/plan")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "plan_retention",
      summary = "What the rule, or the one in the query, would do now with each version, and why")
  public Uni<Plan> plan(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @QueryParam("keepLast") @Nullable Integer keepLast,
      @QueryParam("keepDays") @Nullable Integer keepDays,
      @QueryParam("keepReleased") @Nullable Boolean keepReleased) {
    RetentionRule other = new RetentionRule(keepLast, keepDays, keepReleased);
    return access
        .scope(project)
        .flatMap(scope -> retention.plan(scope, dataset, other))
        .map(Plan::new);
  }

  /** What would happen to the versions, the newest first. */
  @Schema(name = "RetentionPlan")
  record Plan(List<Verdict> versions) {
    Plan {
      versions = List.copyOf(versions);
    }
  }
}
