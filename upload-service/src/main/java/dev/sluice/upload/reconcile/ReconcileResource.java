package dev.sluice.upload.reconcile;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Comparing store, ledger and catalog on demand. */
@Path("/api/v1/uploads/reconciliations")
@Authenticated
@Tag(name = "reconciliations")
class ReconcileResource {
  private final ProjectAccess access;
  private final ReconcileService reconciliations;

  ReconcileResource(ProjectAccess access, ReconcileService reconciliations) {
    this.access = access;
    this.reconciliations = reconciliations;
  }

  @POST
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "reconcile",
      summary = "Find what has no owner in a project, and throw it away unless it is a dry run")
  public Uni<Findings> reconcile(@Nullable ReconcileRequest request) {
    if (request == null || request.project() == null) {
      throw InvalidRequest.of("project", "", "the name of a project").exception();
    }
    boolean dryRun = Boolean.TRUE.equals(request.dryRun());
    return access
        .scope(request.project())
        .flatMap(scope -> reconciliations.reconcile(scope, dryRun));
  }

  /**
   * What is to be compared.
   *
   * @param dryRun whether to report only; false when absent
   */
  record ReconcileRequest(@Nullable String project, @Nullable Boolean dryRun) {}
}
