package dev.sluice.upload.batch;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.upload.batch.BatchViews.BatchAnswer;
import dev.sluice.upload.batch.BatchViews.BatchRequest;
import dev.sluice.upload.batch.BatchViews.EndAnswer;
import dev.sluice.upload.batch.BatchViews.EndRequest;
import dev.sluice.upload.batch.BatchViews.Summary;
import dev.sluice.upload.session.Announcement;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The steps for many files at once, and a version's sums. */
@Path("/api/v1/uploads")
@Authenticated
@Tag(name = "batches")
class BatchResource {
  private final ProjectAccess access;
  private final BatchBeginService beginnings;
  private final BatchEndService ends;
  private final SummaryService summaries;

  BatchResource(
      ProjectAccess access,
      BatchBeginService beginnings,
      BatchEndService ends,
      SummaryService summaries) {
    this.access = access;
    this.beginnings = beginnings;
    this.ends = ends;
    this.summaries = summaries;
  }

  @POST
  @Path("/batch")
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "new_multipart_batch",
      summary = "Announce up to 1,000 files; says where to PUT those of one part")
  public Uni<BatchAnswer> newMultipartBatch(@Nullable BatchRequest request) {
    Batch batch = Batch.of(request);
    return access.scope(batch.project()).flatMap(scope -> beginnings.begin(scope, batch));
  }

  @POST
  @Path("/batch/complete")
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "complete_multipart_batch",
      summary = "End up to 1,000 uploads of one part; reading back begins")
  public Uni<EndAnswer> completeMultipartBatch(@Nullable EndRequest request) {
    if (request == null || request.project() == null) {
      throw InvalidRequest.of("project", "", "the name of a project").exception();
    }
    return access.scope(request.project()).flatMap(scope -> ends.end(scope, Ending.of(request)));
  }

  @GET
  @Path("/summary")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "upload_summary", summary = "How many files of a version stand where")
  public Uni<Summary> summary(
      @RestQuery @Nullable String project,
      @RestQuery @Nullable String dataset,
      @RestQuery @Nullable String version) {
    Announcement.checkDraft(project, dataset, version);
    return access
        .scope(String.valueOf(project))
        .flatMap(scope -> summaries.of(scope, String.valueOf(dataset), String.valueOf(version)));
  }
}
