package dev.sluice.catalog.erasure;

import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Erasures over HTTP. */
@Path("/api/v1/projects/{project}/erasures")
@Tag(name = "erasures")
class ErasureResource {
  private final ProjectAccess access;
  private final ErasureService erasures;

  ErasureResource(ProjectAccess access, ErasureService erasures) {
    this.access = access;
    this.erasures = erasures;
  }

  @POST
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "erase_content",
      summary = "Erases the bytes of a content from all versions for good; their entries stay")
  public Uni<Erasure> erase(@PathParam("project") String project, @Nullable NewErasure body) {
    if (body == null) {
      throw InvalidRequest.of("body", "", "a JSON object with sha256 and reason").exception();
    }
    return access.scope(project).flatMap(scope -> erasures.erase(scope, body));
  }

  @GET
  @ProjectRole(Role.OWNER)
  @Operation(
      operationId = "list_erasures",
      summary = "What was erased, when, by whom and why, in the order of digests")
  public Uni<Page<Erasure>> list(
      @PathParam("project") String project,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> erasures.list(scope, page));
  }
}
