package dev.sluice.catalog.garbage;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Garbage collections over HTTP. */
@Path("/api/v1/projects/{project}/garbage-collections")
@Tag(name = "garbage")
class GarbageResource {
  private final ProjectAccess access;
  private final GarbageService garbage;

  GarbageResource(ProjectAccess access, GarbageService garbage) {
    this.access = access;
    this.garbage = garbage;
  }

  @POST
  @ProjectRole(Role.OWNER)
  @ResponseStatus(202)
  @Operation(
      operationId = "collect_garbage",
      summary = "Begins to throw away what no version reaches; a dry run only counts it")
  public Uni<GarbageCollection> start(
      @PathParam("project") String project, @Nullable NewCollection body) {
    boolean dryRun = body != null && Boolean.TRUE.equals(body.dryRun());
    return access.scope(project).flatMap(scope -> garbage.start(scope, dryRun));
  }

  @GET
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "list_garbage_collections",
      summary = "The newest garbage collections, newest first")
  public Uni<Listed> list(@PathParam("project") String project) {
    return access.scope(project).flatMap(garbage::list).map(Listed::new);
  }

  @GET
  @Path("/{collection}")
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "get_garbage_collection",
      summary = "One garbage collection and, once it is done, what it found")
  public Uni<GarbageCollection> get(
      @PathParam("project") String project, @PathParam("collection") UUID collection) {
    return access.scope(project).flatMap(scope -> garbage.get(scope, collection));
  }

  /**
   * Body of {@code collect_garbage}.
   *
   * @param dryRun whether to count only; false when absent
   */
  record NewCollection(@Nullable Boolean dryRun) {}

  /** Answer of {@code list_garbage_collections}. */
  record Listed(List<GarbageCollection> items) {}
}
