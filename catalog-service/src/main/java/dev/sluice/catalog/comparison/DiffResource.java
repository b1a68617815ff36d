package dev.sluice.catalog.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.catalog.comparison.DiffView.Line;
import dev.sluice.events.VersionRef;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/** Differences between versions over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}/diff")
@Tag(name = "comparison")
class DiffResource {
  private static final ObjectWriter LINE = JsonMapper.builder().build().writerFor(Line.class);

  private final ProjectAccess access;
  private final DiffService diffs;

  DiffResource(ProjectAccess access, DiffService diffs) {
    this.access = access;
    this.diffs = diffs;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "diff_versions",
      summary = "What differs from another version (from=v1 or from=dataset@v1) to this one")
  public Uni<DiffView> page(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @QueryParam("from") @Nullable String from,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    VersionRef newer = new VersionRef(dataset, version);
    return access
        .scope(project)
        .flatMap(scope -> diffs.page(scope, References.of(dataset, "from", from), newer, page));
  }

  @GET
  @Path("/lines")
  @Produces("application/x-ndjson")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "stream_diff",
      summary = "All differences from another version to this one, a line each")
  public Multi<byte[]> all(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @QueryParam("from") @Nullable String from) {
    VersionRef newer = new VersionRef(dataset, version);
    Uni<Multi<List<Line>>> found =
        access
            .scope(project)
            .flatMap(scope -> diffs.all(scope, References.of(dataset, "from", from), newer));
    return RestMulti.fromUniResponse(
        found, lines -> lines.map(DiffResource::bytes), ignored -> Map.of());
  }

  private static byte[] bytes(List<Line> lines) {
    return lines.stream().map(DiffResource::text).collect(Collectors.joining("\n")).getBytes(UTF_8);
  }

  private static String text(Line line) {
    try {
      return LINE.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the difference of " + line.path(), e);
    }
  }
}
