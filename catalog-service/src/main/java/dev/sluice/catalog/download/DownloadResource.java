package dev.sluice.catalog.download;

import dev.sluice.catalog.download.ArchiveService.Archive;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/** Many files of a version at once, over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}")
@Tag(name = "files")
class DownloadResource {
  private static final Logger LOG = Logger.getLogger(DownloadResource.class);

  private final ProjectAccess access;
  private final UrlService urls;
  private final ArchiveService archives;

  DownloadResource(ProjectAccess access, UrlService urls, ArchiveService archives) {
    this.access = access;
    this.urls = urls;
    this.archives = archives;
  }

  @POST
  @Path("/urls")
  @Produces(MediaType.APPLICATION_JSON)
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "sign_downloads",
      summary = "Addresses of up to 10,000 files: of the paths named, or of those that match")
  public Uni<UrlPage> urls(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @Nullable UrlRequest body) {
    VersionRef name = new VersionRef(dataset, version);
    UrlRequest request = Objects.requireNonNullElse(body, UrlRequest.ALL);
    return access.scope(project).flatMap(scope -> urls.urls(scope, name, request));
  }

  @GET
  @Path("/archive")
  @Produces("application/octet-stream")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_archive",
      summary = "The files that match in one zip or tar; breaks off when bytes are not as promised")
  @APIResponse(
      responseCode = "200",
      description = "The archive; the same version gives the same bytes",
      content = {
        @Content(
            mediaType = "application/zip",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "application/x-tar",
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  public Multi<byte[]> archive(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @QueryParam("format") @Nullable String format,
      @QueryParam("prefix") @Nullable String prefix,
      @QueryParam("glob") List<String> globs,
      @Context HttpServerRequest call) {
    VersionRef name = new VersionRef(dataset, version);
    ArchiveFormat wanted = ArchiveFormat.of(format);
    Selection files = Selection.of(prefix, globs);
    Uni<Archive> archive =
        access.scope(project).flatMap(scope -> archives.archive(scope, name, wanted, files));
    return RestMulti.fromUniResponse(
        archive,
        found -> found.blocks().onFailure().invoke(why -> breakOff(call, found, why)),
        found -> headers(call, wanted, found));
  }

  /** Nobody must take for an archive what is only the beginning of one. */
  private static void breakOff(HttpServerRequest call, Archive archive, Throwable why) {
    LOG.warnf(why, "archive %s breaks off", archive.fileName());
    call.connection().close();
  }

  private static Map<String, List<String>> headers(
      HttpServerRequest call, ArchiveFormat format, Archive archive) {
    call.response()
        .headersEndHandler(
            ending -> {
              if (call.response().getStatusCode() == 200) {
                call.response().putHeader(HttpHeaders.CONTENT_TYPE, format.mediaType());
              }
            });
    return Map.of(
        "Content-Disposition", List.of("attachment; filename=\"" + archive.fileName() + "\""));
  }
}
