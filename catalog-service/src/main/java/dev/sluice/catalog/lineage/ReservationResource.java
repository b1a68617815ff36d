package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.ReservationService.Answer;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ServiceOnly;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jspecify.annotations.Nullable;

/** Output drafts of runs, for processing-service. */
@Path("/api/v1/projects/{project}/reservations")
@Tag(name = "reservations")
class ReservationResource {
  private final ProjectAccess access;
  private final ReservationService reservations;

  ReservationResource(ProjectAccess access, ReservationService reservations) {
    this.access = access;
    this.reservations = reservations;
  }

  @POST
  @ServiceOnly
  @Operation(
      operationId = "reserve_output",
      summary = "A draft for a run's output; 201, or 200 when the run has one already")
  public Uni<RestResponse<ReservedOutput>> reserve(
      @PathParam("project") String project, @Nullable ReservationRequest body) {
    ReservationRequest request = Objects.requireNonNullElse(body, ReservationRequest.EMPTY);
    return access
        .scope(project)
        .flatMap(scope -> reservations.reserve(scope, request))
        .map(ReservationResource::answer);
  }

  @POST
  @Path("/{runId}/release")
  @ServiceOnly
  @Operation(operationId = "release_output", summary = "Gives a run's draft back")
  public Uni<Void> release(@PathParam("project") String project, @PathParam("runId") UUID runId) {
    return access
        .scope(project)
        .flatMap(scope -> reservations.release(scope, runId, "the run gave it back"));
  }

  private static RestResponse<ReservedOutput> answer(Answer answer) {
    Status status = answer.fresh() ? Status.CREATED : Status.OK;
    return RestResponse.ResponseBuilder.create(status, answer.output()).build();
  }
}
