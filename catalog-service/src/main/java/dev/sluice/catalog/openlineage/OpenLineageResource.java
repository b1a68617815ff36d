package dev.sluice.catalog.openlineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.catalog.lineage.Direction;
import dev.sluice.catalog.lineage.LineageService;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lineage of a version as events of OpenLineage, over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}/lineage/openlineage")
@Tag(name = "lineage")
class OpenLineageResource {
  private static final int DEPTH = 200;
  private static final int DEEPEST = 10_000;

  private final ProjectAccess access;
  private final LineageService lineages;
  private final OpenLineageConfig config;

  OpenLineageResource(ProjectAccess access, LineageService lineages, OpenLineageConfig config) {
    this.access = access;
    this.lineages = lineages;
    this.config = config;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_openlineage",
      summary = "The lineage as OpenLineage 2-0-2: a COMPLETE run event for each sealed version")
  public Uni<JsonNode> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Parameter(description = "up (to its sources, the default), down or both")
          @QueryParam("direction")
          @Nullable String direction,
      @Parameter(description = "Most versions between; 1 to 10,000, 200 when absent")
          @QueryParam("depth")
          @Nullable Integer depth) {
    Direction way = Direction.of(direction);
    int steps = Objects.requireNonNullElse(depth, DEPTH);
    if (steps < 1 || steps > DEEPEST) {
      throw InvalidRequest.of("depth", steps, "1 to " + DEEPEST).exception();
    }
    return access
        .scope(project)
        .flatMap(scope -> lineages.of(scope, dataset, version, way, steps))
        .map(
            lineage ->
                new RunEvents(project, config.namespace(), config.producer(), lineage).completed());
  }
}
