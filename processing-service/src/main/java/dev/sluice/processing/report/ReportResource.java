package dev.sluice.processing.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.run.ProgressReport;
import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunReportService;
import dev.sluice.processing.run.RunReportService.Attempt;
import dev.sluice.processing.run.RunToken;
import dev.sluice.support.identity.RunTokenOnly;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a job says over HTTP. */
@Path("/api/v1/runs/{id}/attempts/{attempt}")
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
class ReportResource {
  private final RunReportService reports;

  ReportResource(RunReportService reports) {
    this.reports = reports;
  }

  @PUT
  @Path("progress")
  @PermitAll
  @RunTokenOnly
  @Operation(operationId = "putJobProgress", summary = "A job says how far it is")
  public Uni<Void> progress(
      @PathParam("id") UUID id,
      @PathParam("attempt") int attempt,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Nullable ProgressReport report) {
    if (report == null) {
      throw InvalidRequest.of("body", "nothing", "stage, stages, blocks and rows").exception();
    }
    return reports.progress(attempt(id, attempt, authorization), report.checked());
  }

  @PUT
  @Path("sample")
  @PermitAll
  @RunTokenOnly
  @Operation(operationId = "putJobSample", summary = "A dry run says what it found")
  public Uni<Void> sample(
      @PathParam("id") UUID id,
      @PathParam("attempt") int attempt,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @RequestBody(
              required = true,
              description = "rows, operators with their changes, output; at most 1 MiB",
              content = @Content(schema = @Schema(implementation = Object.class)))
          @Nullable JsonNode sample) {
    if (sample == null) {
      throw InvalidRequest.of("body", "nothing", "rows, operators and output").exception();
    }
    return reports.sample(attempt(id, attempt, authorization), SampleText.of(sample));
  }

  private static Attempt attempt(UUID id, int number, @Nullable String authorization) {
    return new Attempt(new RunId(id), number, RunToken.ofHeader(authorization));
  }
}
