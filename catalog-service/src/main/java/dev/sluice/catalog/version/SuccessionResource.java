package dev.sluice.catalog.version;

import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Versions made of other versions over HTTP; only metadata moves. */
@Path("/api/v1/projects/{project}/datasets/{dataset}")
@Tag(name = "versions")
class SuccessionResource {
  private final ProjectAccess access;
  private final SuccessionService versions;

  SuccessionResource(ProjectAccess access, SuccessionService versions) {
    this.access = access;
    this.versions = versions;
  }

  @POST
  @Path("/rollback")
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(201)
  @Operation(
      operationId = "rollback_dataset",
      summary = "Makes a new sealed version with the files of an earlier one")
  public Uni<VersionView> rollback(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable Rollback body) {
    String to = body == null ? null : body.to();
    return access
        .scope(project)
        .flatMap(
            scope ->
                versions.rollback(scope, dataset, required("to", to, "an earlier version"), key));
  }

  @POST
  @Path("/versions/{version}/clone")
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(201)
  @Operation(
      operationId = "clone_version",
      summary = "Makes a new dataset whose first version has the files of this one")
  public Uni<VersionView> copy(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable Clone body) {
    String name = body == null ? null : body.name();
    VersionRef of = new VersionRef(dataset, version);
    return access
        .scope(project)
        .flatMap(
            scope ->
                versions.copy(scope, of, required("name", name, "a name for the dataset"), key));
  }

  private static String required(String field, @Nullable String value, String allowed) {
    if (value == null || value.isBlank()) {
      throw InvalidRequest.of(field, String.valueOf(value), allowed).exception();
    }
    return value;
  }

  /** Body of {@code rollback_dataset}. */
  @Schema(name = "Rollback")
  record Rollback(@Nullable String to) {}

  /** Body of {@code clone_version}. */
  @Schema(name = "Clone")
  record Clone(@Nullable String name) {}
}
