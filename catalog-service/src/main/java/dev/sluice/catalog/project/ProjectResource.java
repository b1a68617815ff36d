package dev.sluice.catalog.project;

import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.AnyUser;
import dev.sluice.support.identity.CurrentCaller;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
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
import org.jspecify.annotations.Nullable;

/** Projects over HTTP. */
@Path("/api/v1/projects")
@Tag(name = "projects")
class ProjectResource {
  private final ProjectAccess access;
  private final CurrentCaller caller;
  private final ProjectService projects;

  ProjectResource(ProjectAccess access, CurrentCaller caller, ProjectService projects) {
    this.access = access;
    this.caller = caller;
    this.projects = projects;
  }

  @POST
  @AnyUser
  @ResponseStatus(201)
  @Operation(operationId = "create_project", summary = "Makes a project; you become its owner")
  public Uni<Project> create(
      @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable NewProject body) {
    NewProject wanted = Objects.requireNonNullElse(body, new NewProject(null, null));
    String creator = caller.name();
    return projects.create(
        wanted, creator, IdempotentRequest.of(creator, key, "create_project", wanted));
  }

  @GET
  @AnyUser
  @Operation(operationId = "list_projects", summary = "The projects you have a role in, by name")
  public Uni<Page<Project>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    return projects.list(caller, PageRequest.of(limit, cursor));
  }

  @GET
  @Path("/{project}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_project", summary = "One project")
  public Uni<Project> get(@PathParam("project") String project) {
    return access.scope(project).flatMap(projects::get);
  }
}
