package dev.sluice.catalog.version;

import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.version.FileService.Manifest;
import dev.sluice.catalog.version.FileService.VersionName;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/** Files of a version over HTTP. */
@Path("/api/v1/projects/{project}/datasets/{dataset}/versions/{version}")
@Tag(name = "files")
class FileResource {
  private final ProjectAccess access;
  private final FileService files;
  private final ListingService listings;

  FileResource(ProjectAccess access, FileService files, ListingService listings) {
    this.access = access;
    this.files = files;
    this.listings = listings;
  }

  @GET
  @Path("/files")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "list_files",
      summary = "Files of the version, by path: by cursor or page number, folder, glob, media type")
  public Uni<FileListing> list(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @BeanParam Listing wanted) {
    ListingRequest request = wanted.checked();
    return access.scope(project).flatMap(scope -> listings.list(scope, dataset, version, request));
  }

  @GET
  @Path("/manifest")
  @Produces("application/x-ndjson")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_manifest",
      summary = "All files of a sealed version, a line each; always the same bytes")
  public Multi<byte[]> manifest(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version) {
    VersionName name = new VersionName(dataset, version);
    Uni<Manifest> found = access.scope(project).flatMap(scope -> files.manifest(scope, name));
    return RestMulti.fromUniResponse(found, Manifest::lines, FileResource::tags);
  }

  @GET
  @Path("/files/{path:.+}")
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "get_file",
      summary = "One file; with download an address of its bytes, with redirect a way there")
  public Uni<Response> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @PathParam("path") String path,
      @QueryParam("download") @Nullable String download,
      @QueryParam("redirect") @Nullable String redirect) {
    VersionName name = new VersionName(dataset, version);
    FilePath file = FilePath.of(path);
    Form form = Form.of(download, redirect);
    return access.scope(project).flatMap(scope -> answer(scope, name, file, form));
  }

  @DELETE
  @Path("/files/{path:.+}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "remove_file", summary = "Takes a file out of a draft")
  public Uni<Void> remove(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version,
      @PathParam("path") String path) {
    VersionName name = new VersionName(dataset, version);
    FilePath file = FilePath.of(path);
    return access.scope(project).flatMap(scope -> files.remove(scope, name, file));
  }

  private Uni<Response> answer(ProjectScope scope, VersionName name, FilePath file, Form form) {
    return switch (form) {
      case ENTRY -> files.get(scope, name, file).map(f -> Response.ok(f).build());
      case ADDRESS ->
          files.download(scope, name, file).map(url -> Response.ok(new Download(url)).build());
      case REDIRECT ->
          files.download(scope, name, file).map(u -> Response.status(302).location(u).build());
    };
  }

  private static Map<String, List<String>> tags(Manifest manifest) {
    return Map.of(
        "ETag", List.of('"' + manifest.digest() + '"'), "Digest", List.of(manifest.digest()));
  }

  /** What is wanted of a file. */
  private enum Form {
    ENTRY,
    ADDRESS,
    REDIRECT;

    static Form of(@Nullable String download, @Nullable String redirect) {
      if ("true".equals(redirect)) {
        return REDIRECT;
      }
      return download == null || download.equals("false") ? ENTRY : ADDRESS;
    }
  }

  /** Query of {@code list_files}. */
  record Listing(
      @QueryParam("prefix") @Nullable String prefix,
      @QueryParam("page") @Nullable Long page,
      @QueryParam("folder") @Nullable String folder,
      @QueryParam("glob") @Nullable String glob,
      @QueryParam("mediaType") @Nullable String mediaType,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    ListingRequest checked() {
      return new ListingRequest(
          prefix == null ? "" : prefix,
          page,
          folder,
          glob == null ? null : Glob.of(glob),
          mediaType,
          PageRequest.of(limit, cursor));
    }
  }

  /** Where a file's bytes can be read for a while without a token. */
  record Download(URI url) {}
}
