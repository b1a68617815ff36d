package dev.sluice.processing.automation;

import dev.sluice.processing.automation.TriggerView.FiringView;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Triggers over HTTP. */
@Path("/api/v1/triggers")
@Authenticated
@Tag(name = "automation")
class TriggerResource {
  private static final int CREATED = 201;

  private final TriggerService triggers;
  private final ProjectAccess access;

  TriggerResource(TriggerService triggers, ProjectAccess access) {
    this.triggers = triggers;
    this.access = access;
  }

  @POST
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(CREATED)
  @Operation(
      operationId = "createTrigger",
      summary = "Have new versions, released versions or the clock start runs of a template")
  @APIResponseSchema(
      value = TriggerView.class,
      responseCode = "201",
      responseDescription = "The trigger; its runs are the caller's")
  public Uni<TriggerView> create(@Nullable TriggerRequest body) {
    TriggerRequest.Checked wanted = checked(body);
    return access
        .scope(wanted.project())
        .flatMap(scope -> triggers.create(scope, wanted))
        .map(TriggerView::of);
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "listTriggers", summary = "List a project's triggers by name")
  public Uni<List<TriggerView>> list(@QueryParam("project") @DefaultValue("") String project) {
    if (project.isEmpty()) {
      throw InvalidRequest.of("project", "", "the name of a project").exception();
    }
    return access
        .scope(project)
        .flatMap(triggers::list)
        .map(all -> all.stream().map(TriggerView::of).toList());
  }

  @GET
  @Path("{id}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "getTrigger", summary = "Show one trigger")
  public Uni<TriggerView> get(@PathParam("id") String id) {
    return triggers.get(id).map(found -> TriggerView.of(found.trigger()));
  }

  @PUT
  @Path("{id}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "replaceTrigger", summary = "Give a trigger other fields")
  public Uni<TriggerView> replace(@PathParam("id") String id, @Nullable TriggerRequest body) {
    TriggerRequest.Checked wanted = checked(body);
    return triggers
        .get(id)
        .invoke(
            found -> {
              if (!found.trigger().project().equals(wanted.project())) {
                throw InvalidRequest.of("project", wanted.project(), found.trigger().project())
                    .exception();
              }
            })
        .flatMap(found -> triggers.replace(found, wanted))
        .map(TriggerView::of);
  }

  @DELETE
  @Path("{id}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "deleteTrigger", summary = "Delete a trigger; its runs stay")
  public Uni<Void> delete(@PathParam("id") String id) {
    return triggers.get(id).flatMap(triggers::delete);
  }

  @POST
  @Path("{id}/pause")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "pauseTrigger", summary = "Stop a trigger until it is resumed")
  public Uni<TriggerView> pause(@PathParam("id") String id) {
    return triggers.get(id).flatMap(found -> triggers.pause(found, true)).map(TriggerView::of);
  }

  @POST
  @Path("{id}/resume")
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "resumeTrigger",
      summary = "Let a trigger go on; what happened meanwhile is passed over")
  public Uni<TriggerView> resume(@PathParam("id") String id) {
    return triggers.get(id).flatMap(found -> triggers.pause(found, false)).map(TriggerView::of);
  }

  @GET
  @Path("{id}/history")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "getTriggerHistory", summary = "What a trigger did, newest first")
  public Uni<Page<FiringView>> history(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    if (!page.after().matches("\\d{0,18}")) {
      throw InvalidRequest.of("cursor", String.valueOf(cursor), "a nextCursor of this list")
          .exception();
    }
    return triggers.get(id).flatMap(found -> triggers.history(found, page));
  }

  private static TriggerRequest.Checked checked(@Nullable TriggerRequest body) {
    return (body == null ? TriggerRequest.empty() : body).checked();
  }
}
