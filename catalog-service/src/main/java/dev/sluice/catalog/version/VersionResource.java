package dev.sluice.catalog.version;

import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Versions over HTTP; wherever one is named, {@code latest} is the newest sealed one, and aliases
 * and tags stand for what they point at.
 */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions")
@Tag(name = "versions")
class VersionResource {
  private final ProjectAccess access;
  private final VersionService versions;

  VersionResource(ProjectAccess access, VersionService versions) {
    this.access = access;
    this.versions = versions;
  }

  @POST
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(201)
  @Operation(operationId = "open_draft", summary = "Opens the draft that uploads go into")
  public Uni<VersionView> open(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable NewDraft body) {
    String parent = body == null ? null : body.inheritedFrom();
    return access.scope(project).flatMap(scope -> versions.open(scope, dataset, parent, key));
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_versions", summary = "Versions of the dataset, oldest first")
  public Uni<Page<VersionView>> list(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> versions.list(scope, dataset, page));
  }

  @GET
  @Path("/{version}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_version", summary = "One version")
  public Uni<RestResponse<VersionView>> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version) {
    return access
        .scope(project)
        .flatMap(scope -> versions.get(scope, dataset, version))
        .map(v -> RestResponse.ResponseBuilder.ok(v).header("ETag", v.etag()).build());
  }

  @DELETE
  @Path("/{version}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "drop_draft", summary = "Gives up a draft; its number stays used")
  public Uni<Void> drop(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @QueryParam("reason") @Nullable String reason) {
    return access.scope(project).flatMap(scope -> versions.drop(scope, dataset, version, reason));
  }

  @POST
  @Path("/{version}/seal")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "seal_version", summary = "Makes the content final")
  public Uni<VersionView> seal(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Nullable SealRequest body) {
    SealRequest expected = Objects.requireNonNullElse(body, SealRequest.NONE);
    return access.scope(project).flatMap(scope -> versions.seal(scope, dataset, version, expected));
  }

  @POST
  @Path("/{version}/release")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "release_version", summary = "Recommends a sealed version")
  public Uni<VersionView> release(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Nullable StateChange body) {
    StateChange change = Objects.requireNonNullElse(body, StateChange.NONE);
    return access
        .scope(project)
        .flatMap(scope -> versions.release(scope, dataset, version, change));
  }

  @POST
  @Path("/{version}/withdraw")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "withdraw_version", summary = "Takes a sealed version out of use")
  public Uni<VersionView> withdraw(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Nullable StateChange body) {
    StateChange change = Objects.requireNonNullElse(body, StateChange.NONE);
    return access
        .scope(project)
        .flatMap(scope -> versions.withdraw(scope, dataset, version, change));
  }

  /** Body of {@code open_draft}. */
  record NewDraft(@Nullable String inheritedFrom) {}
}
