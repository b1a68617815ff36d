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

/** Names of versions over HTTP: aliases, which move, and tags, which stay. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/{kind: aliases|tags}")
@Tag(name = "names")
class NameResource {
  private final ProjectAccess access;
  private final AliasService names;

  NameResource(ProjectAccess access, AliasService names) {
    this.access = access;
    this.names = names;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "list_names",
      summary = "Aliases of the dataset, latest among them, or its tags")
  public Uni<Page<AliasView>> list(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("kind") String kind) {
    return access
        .scope(project)
        .flatMap(scope -> names.list(scope, dataset, NameKind.ofPath(kind)))
        .map(all -> new Page<>(all, null));
  }

  @GET
  @Path("/{name}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_name", summary = "What it points at; its ETag goes into If-Match")
  public Uni<RestResponse<AliasView>> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("kind") String kind,
      @PathParam("name") String name) {
    return access
        .scope(project)
        .flatMap(scope -> names.get(scope, dataset, NameKind.ofPath(kind), name))
        .map(NameResource::tagged);
  }

  @PUT
  @Path("/{name}")
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "put_name",
      summary =
          "Points an alias at a sealed version, at once for everybody; moves a tag only when told to")
  public Uni<RestResponse<AliasView>> put(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("kind") String kind,
      @PathParam("name") String name,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Nullable NameMove body) {
    NameMove move = Objects.requireNonNullElse(body, NameMove.NONE);
    Named named = new Named(NameKind.ofPath(kind), name);
    return access
        .scope(project)
        .flatMap(scope -> names.put(scope, dataset, named, move, ifMatch))
        .map(NameResource::tagged);
  }

  @DELETE
  @Path("/{name}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "remove_name", summary = "Takes the name away; its history stays")
  public Uni<Void> remove(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("kind") String kind,
      @PathParam("name") String name,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @QueryParam("reason") @Nullable String reason) {
    Named named = new Named(NameKind.ofPath(kind), name);
    return access
        .scope(project)
        .flatMap(scope -> names.remove(scope, dataset, named, ifMatch, reason));
  }

  @GET
  @Path("/{name}/history")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_name_history", summary = "Where it pointed, newest first")
  public Uni<Page<AliasView.Move>> history(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("kind") String kind,
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
