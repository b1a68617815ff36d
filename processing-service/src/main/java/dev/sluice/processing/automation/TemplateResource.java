package dev.sluice.processing.automation;

import dev.sluice.processing.automation.TemplateService.Order;
import dev.sluice.processing.run.RunView;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Templates over HTTP. */
@Path("/api/v1/templates")
@Authenticated
@Tag(name = "automation")
class TemplateResource {
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final TemplateService templates;
  private final ProjectAccess access;

  TemplateResource(TemplateService templates, ProjectAccess access) {
    this.templates = templates;
    this.access = access;
  }

  @POST
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(CREATED)
  @Operation(
      operationId = "createTemplate",
      summary = "Keep a manifest with places for values; a change makes another number")
  @APIResponseSchema(
      value = TemplateView.class,
      responseCode = "201",
      responseDescription = "The template, with its number")
  public Uni<TemplateView> create(@Nullable TemplateRequest body) {
    TemplateRequest.Checked wanted =
        (body == null ? new TemplateRequest(null, null, null, null) : body).checked();
    return access
        .scope(wanted.project())
        .flatMap(scope -> templates.keep(scope, wanted))
        .map(TemplateView::of);
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "listTemplates", summary = "List a project's templates, each the newest")
  public Uni<List<TemplateView>> list(@QueryParam("project") @DefaultValue("") String project) {
    if (project.isEmpty()) {
      throw InvalidRequest.of("project", "", "the name of a project").exception();
    }
    return access
        .scope(project)
        .flatMap(templates::list)
        .map(all -> all.stream().map(TemplateView::of).toList());
  }

  @GET
  @Path("{project}/{name}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "getTemplate", summary = "Show one template, the newest or of a number")
  public Uni<TemplateView> get(
      @PathParam("project") String project,
      @PathParam("name") String name,
      @QueryParam("number") @Nullable Integer number) {
    return access
        .scope(project)
        .flatMap(scope -> templates.get(scope, name, number))
        .map(TemplateView::of);
  }

  @DELETE
  @Path("{project}/{name}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "deleteTemplate", summary = "Forget a template that no trigger runs")
  public Uni<Void> delete(@PathParam("project") String project, @PathParam("name") String name) {
    return access.scope(project).flatMap(scope -> templates.delete(scope, name));
  }

  @POST
  @Path("{project}/{name}/runs")
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(ACCEPTED)
  @Operation(operationId = "runTemplate", summary = "Start a run of a template with these values")
  @APIResponseSchema(
      value = RunView.class,
      responseCode = "202",
      responseDescription = "The run is accepted")
  public Uni<RunView> run(
      @PathParam("project") String project,
      @PathParam("name") String name,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable Order order) {
    Order wanted = order == null ? new Order(null, null) : order;
    return access.scope(project).flatMap(scope -> templates.run(scope, name, wanted, key));
  }
}
