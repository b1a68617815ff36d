package dev.sluice.upload.part;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.part.PartViews.Chunks;
import dev.sluice.upload.part.PartViews.CompletionRequest;
import dev.sluice.upload.part.PartViews.Progress;
import dev.sluice.upload.part.PartViews.ProgressRequest;
import dev.sluice.upload.part.PartViews.Urls;
import dev.sluice.upload.part.PartViews.UrlsRequest;
import dev.sluice.upload.session.Announcement;
import dev.sluice.upload.session.NewUploadRequest;
import dev.sluice.upload.session.Sha256s;
import dev.sluice.upload.session.UploadView;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The seed's steps on parts. */
@Path("/api/v1/uploads")
@Authenticated
@Tag(name = "parts")
class PartResource {
  private final ProjectAccess access;
  private final UploadLedgerService ledger;
  private final PartService parts;
  private final UrlService urls;
  private final CompletionService completion;

  PartResource(
      ProjectAccess access,
      UploadLedgerService ledger,
      PartService parts,
      UrlService urls,
      CompletionService completion) {
    this.access = access;
    this.ledger = ledger;
    this.parts = parts;
    this.urls = urls;
    this.completion = completion;
  }

  @GET
  @Path("/chunks")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_chunks", summary = "What the store has of a file")
  public Uni<Chunks> getChunks(@BeanParam FileQuery query) {
    Announcement file =
        Announcement.of(
            new NewUploadRequest(
                query.project,
                query.dataset,
                query.version,
                query.path,
                query.size,
                query.sha256,
                null));
    return access.scope(file.project()).flatMap(scope -> parts.chunks(scope, file));
  }

  @POST
  @Path("/{id}/urls")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "get_multipart_url", summary = "Where to PUT parts")
  public Uni<Urls> getMultipartUrl(@RestPath String id, @Nullable UrlsRequest request) {
    return ledger
        .found(UploadId.of(id))
        .flatMap(
            found ->
                urls.urls(
                    found,
                    PartNumbers.of(request, found.upload().plan()),
                    PartNumbers.sums(request, found.upload().plan()),
                    request != null && Boolean.TRUE.equals(request.neverSent())));
  }

  @PUT
  @Path("/{id}/chunks")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "update_chunk", summary = "Report parts that were PUT")
  public Uni<Progress> updateChunk(@RestPath String id, @Nullable ProgressRequest request) {
    return ledger
        .found(UploadId.of(id))
        .flatMap(found -> parts.report(found, PartNumbers.of(request, found.upload().plan())));
  }

  @POST
  @Path("/{id}/complete")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "complete_multipart", summary = "Merge the parts; reading back begins")
  public Uni<UploadView> completeMultipart(
      @RestPath String id, @Nullable CompletionRequest request) {
    return ledger
        .found(UploadId.of(id))
        .flatMap(
            found ->
                completion.complete(
                    found,
                    Sha256s.of(request == null ? null : request.sha256()),
                    PartNumbers.of(request, found.upload().plan())))
        .map(UploadView::of);
  }
}
