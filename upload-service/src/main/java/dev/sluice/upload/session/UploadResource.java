package dev.sluice.upload.session;

import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.upload.ledger.UploadFilter;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Uploads as a resource: begin, look at, give up. */
@Path("/api/v1/uploads")
@Authenticated
@Tag(name = "uploads")
class UploadResource {
  private final ProjectAccess access;
  private final UploadLedgerService ledger;
  private final NewUploadService beginnings;
  private final AbortService aborts;

  UploadResource(
      ProjectAccess access,
      UploadLedgerService ledger,
      NewUploadService beginnings,
      AbortService aborts) {
    this.access = access;
    this.ledger = ledger;
    this.beginnings = beginnings;
    this.aborts = aborts;
  }

  @POST
  @ResponseStatus(201)
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "new_multipart", summary = "Announce a file; fixes its parts")
  public Uni<UploadView> newMultipart(
      @Nullable NewUploadRequest request, @HeaderParam("Idempotency-Key") @Nullable String key) {
    if (request == null) {
      throw InvalidRequest.of("body", "", "a JSON object that announces a file").exception();
    }
    Announcement file = Announcement.of(request);
    return access
        .scope(file.project())
        .flatMap(
            scope ->
                beginnings.begin(
                    scope,
                    file,
                    IdempotentRequest.of(scope.caller(), key, "new_multipart", request)));
  }

  @GET
  @Path("/{id}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_upload", summary = "One upload")
  public Uni<UploadView> get(@RestPath String id) {
    return ledger.found(UploadId.of(id)).map(found -> UploadView.of(found.upload()));
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_uploads", summary = "Uploads of a project, oldest first")
  public Uni<Page<UploadView>> list(
      @RestQuery String project,
      @RestQuery @Nullable String dataset,
      @RestQuery @Nullable String version,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    if (project == null) {
      throw InvalidRequest.of("project", "", "the name of a project").exception();
    }
    UploadFilter filter = UploadFilter.of(dataset, version, state);
    PageRequest page = PageRequest.of(limit, cursor);
    return access
        .scope(project)
        .flatMap(scope -> ledger.page(scope, filter, page))
        .map(rows -> rows.map(UploadView::of));
  }

  @DELETE
  @Path("/{id}")
  @ProjectRole(Role.EDITOR)
  @Operation(operationId = "abort", summary = "Give an upload up; its bytes are thrown away")
  public Uni<Void> abort(@RestPath String id) {
    return ledger
        .found(UploadId.of(id))
        .flatMap(
            found ->
                aborts.abort(found.scope(), found.upload().id(), "by " + found.scope().caller()));
  }
}
