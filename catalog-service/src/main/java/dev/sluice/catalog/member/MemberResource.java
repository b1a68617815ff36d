package dev.sluice.catalog.member;

import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Members of a project over HTTP. */
@Path("/api/v1/projects/{project}/members")
@Tag(name = "members")
class MemberResource {
  private static final int LONGEST_USER = 200;

  private final ProjectAccess access;
  private final MemberService members;

  MemberResource(ProjectAccess access, MemberService members) {
    this.access = access;
    this.members = members;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_members", summary = "Members of the project, by name")
  public Uni<Page<Member>> list(
      @PathParam("project") String project,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> members.list(scope, page));
  }

  @GET
  @Path("/{user}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_member", summary = "Somebody's role; 404 when there is none")
  public Uni<Member> get(@PathParam("project") String project, @PathParam("user") String user) {
    return access.scope(project).flatMap(scope -> members.get(scope, user));
  }

  @PUT
  @Path("/{user}")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "put_member", summary = "Invites somebody or changes the role")
  public Uni<Member> put(
      @PathParam("project") String project,
      @PathParam("user") String user,
      @Nullable RoleChange change) {
    return access.scope(project).flatMap(scope -> members.put(scope, user(user), role(change)));
  }

  @DELETE
  @Path("/{user}")
  @ProjectRole(Role.OWNER)
  @Operation(operationId = "remove_member", summary = "Takes the role away")
  public Uni<Void> remove(@PathParam("project") String project, @PathParam("user") String user) {
    return access.scope(project).flatMap(scope -> members.remove(scope, user));
  }

  private static String user(String user) {
    if (user.isBlank() || user.length() > LONGEST_USER) {
      throw InvalidRequest.of("user", user, "1 to " + LONGEST_USER + " characters").exception();
    }
    return user;
  }

  private static Role role(@Nullable RoleChange change) {
    return Role.of(String.valueOf(change == null ? null : change.role()));
  }

  /** Body of {@code put_member}. */
  record RoleChange(@Nullable String role) {}
}
