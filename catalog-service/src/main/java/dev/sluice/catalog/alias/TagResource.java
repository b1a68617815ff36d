package dev.sluice.catalog.alias;

import dev.sluice.catalog.alias.AliasService.Named;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tags of versions over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/tags")
@Tag(name = "tags")
class TagResource {
  private final ProjectAccess access;
  private final AliasService names;

  TagResource(ProjectAccess access, AliasService names) {
    this.access = access;
    this.names = names;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_tags", summary = "Tags of the dataset")
  public Uni<Page<AliasView>> list(
      @PathParam("project") String project, @PathParam("dataset") String dataset) {
    return access
        .scope(project)
        .flatMap(scope -> names.list(scope, dataset, NameKind.TAG))
        .map(all -> new Page<>(all, null));
  }

  @GET
  @Path("/{name}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_tag", summary = "What it points at; its ETag goes into If-Match")
  public Uni<RestResponse<AliasView>> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("name") String name) {
    return access
        .scope(project)
        .flatMap(scope -> names.get(scope, dataset, NameKind.TAG, name))
        .map(TagResource::tagged);
  }

  @PUT
  @Path("/{name}")
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "put_tag",
      summary = "Marks a sealed version; moves a tag only when asked to")
  public Uni<RestResponse<AliasView>> put(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("name") String name,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Nullable NameMove body) {
    NameMove move = Objects.requireNonNullElse(body, NameMove.NONE);
    Named named = new Named(NameKind.TAG, name);
    return access
        .scope(project)
        .flatMap(scope -> names.put(scope, dataset, named, move, ifMatch))
        .map(TagResource::tagged);
  }

  @DELETE
  @Path("/{name}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "remove_tag", summary = "Takes the name away; its history stays")
  public Uni<Void> remove(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("name") String name,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @QueryParam("reason") @Nullable String reason) {
    Named named = new Named(NameKind.TAG, name);
    return access
        .scope(project)
        .flatMap(scope -> names.remove(scope, dataset, named, ifMatch, reason));
  }

  @GET
  @Path("/{name}/history")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_tag_history", summary = "Where it pointed, newest first")
  public Uni<Page<AliasView.Move>> history(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("name") String name,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> names.history(scope, dataset, name, page));
  }

  private static RestResponse<AliasView> tagged(AliasView alias) {
    return RestResponse.ResponseBuilder.ok(alias).header("ETag", alias.etag()).build();
  }
}
