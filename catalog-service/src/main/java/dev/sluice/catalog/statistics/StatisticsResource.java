package dev.sluice.catalog.statistics;

import dev.sluice.catalog.file.FilePath;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Figures of versions and histories of paths over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}")
@Tag(name = "files")
class StatisticsResource {
  private final ProjectAccess access;
  private final StatisticsService statistics;

  StatisticsResource(ProjectAccess access, StatisticsService statistics) {
    this.access = access;
    this.statistics = statistics;
  }

  @GET
  @Path("/statistics")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_statistics",
      summary = "The version in figures: files, bytes, rows, media types, duplicates")
  public Uni<StatisticsView> statistics(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version) {
    VersionRef name = new VersionRef(dataset, version);
    return access.scope(project).flatMap(scope -> statistics.statistics(scope, name));
  }

  @GET
  @Path("/history/{path:.+}")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_file_history",
      summary = "In which versions on the way to this one a path was added, changed, removed")
  public Uni<HistoryView> history(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @PathParam("path") String path) {
    VersionRef name = new VersionRef(dataset, version);
    FilePath file = FilePath.of(path);
    return access.scope(project).flatMap(scope -> statistics.history(scope, name, file));
  }
}
