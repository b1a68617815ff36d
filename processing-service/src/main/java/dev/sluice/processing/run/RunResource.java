package dev.sluice.processing.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.run.RunService.Wanted;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Runs over HTTP. */
@Path("/api/v1/runs")
@Authenticated
@Tag(name = "runs")
class RunResource {
  private static final int ACCEPTED = 202;
  private static final int MOST_SAMPLED = 1_000;
  private static final Set<String> STATES =
      Set.of("requested", "submitted", "running", "committing", "succeeded", "failed", "cancelled");

  private final RunService runs;
  private final RunAccessService access;

  RunResource(RunService runs, RunAccessService access) {
    this.runs = runs;
    this.access = access;
  }

  @POST
  @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(ACCEPTED)
  @Operation(operationId = "createRun", summary = "Start a run of a DataSet manifest")
  @APIResponseSchema(
      value = RunView.class,
      responseCode = "202",
      responseDescription = "The run is accepted")
  public Uni<RunView> postYaml(
      @RequestBody(
              required = true,
              description = "A DataSet of core.oneblock.ai/v1alpha1; its namespace is the project",
              content = @Content(schema = @Schema(implementation = Object.class)))
          String manifest,
      @Parameter(description = "Only show on a sample what the run would do; makes no version")
          @QueryParam("dryRun")
          @DefaultValue("false")
          boolean dryRun,
      @Parameter(description = "Rows that a dry run looks at, 1 to 1000")
          @QueryParam("rows")
          @DefaultValue("20")
          int rows,
      @HeaderParam("Idempotency-Key") @Nullable String key) {
    return start(ManifestText.yaml(manifest), dryRunRows(dryRun, rows), key);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(ACCEPTED)
  @Operation(hidden = true)
  public Uni<RunView> postJson(
      String manifest,
      @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
      @QueryParam("rows") @DefaultValue("20") int rows,
      @HeaderParam("Idempotency-Key") @Nullable String key) {
    return start(ManifestText.json(manifest), dryRunRows(dryRun, rows), key);
  }

  private Uni<RunView> start(JsonNode json, @Nullable Integer dryRunRows, @Nullable String key) {
    Wanted wanted = new Wanted(ManifestReader.read(json), dryRunRows);
    return access
        .scope(wanted.manifest().project())
        .flatMap(scope -> runs.request(scope, wanted, key));
  }

  private static @Nullable Integer dryRunRows(boolean dryRun, int rows) {
    if (rows < 1 || rows > MOST_SAMPLED) {
      throw InvalidRequest.of("rows", rows, "1 to " + MOST_SAMPLED).exception();
    }
    return dryRun ? rows : null;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "listRuns", summary = "List a project's runs, newest first")
  public Uni<Page<RunView>> list(
      @QueryParam("project") @DefaultValue("") String project,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    if (project.isEmpty()) {
      throw InvalidRequest.of("project", "", "the name of a project").exception();
    }
    if (state != null && !STATES.contains(state)) {
      throw InvalidRequest.of("state", state, String.join(", ", STATES)).exception();
    }
    PageRequest page = PageRequest.of(limit, cursor);
    return access.scope(project).flatMap(scope -> runs.list(scope, state, page));
  }

  @GET
  @Path("{id}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "getRun", summary = "Show one run")
  public Uni<RunView> get(@PathParam("id") String id) {
    return access
        .visible(RunId.parse(id))
        .flatMap(v -> runs.sampleAnyProject(v.run()).map(sample -> RunView.of(v.run(), sample)));
  }

  @POST
  @Path("{id}/cancel")
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(ACCEPTED)
  @Operation(operationId = "cancelRun", summary = "Stop a run")
  @APIResponseSchema(
      value = RunView.class,
      responseCode = "202",
      responseDescription = "The run is about to be stopped")
  public Uni<RunView> cancel(@PathParam("id") String id) {
    RunId run = RunId.parse(id);
    return access.visible(run).flatMap(v -> runs.cancel(v.scope(), run));
  }
}
