package dev.sluice.processing.run;

import dev.sluice.processing.delivery.DeliveryService;
import dev.sluice.processing.delivery.DeliveryView;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** What becomes of a run's other destinations. */
@Path("/api/v1/runs/{id}/deliveries")
@Authenticated
@Tag(name = "runs")
class RunDeliveriesResource {
  private static final int ACCEPTED = 202;

  private final RunSightService sight;
  private final DeliveryService deliveries;

  RunDeliveriesResource(RunSightService sight, DeliveryService deliveries) {
    this.sight = sight;
    this.deliveries = deliveries;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "listDeliveries",
      summary = "List a run's deliveries, in the order of its manifest; none before the seal")
  public Uni<List<DeliveryView>> list(@PathParam("id") String id) {
    RunId run = RunId.parse(id);
    return sight.of(run).flatMap(v -> deliveries.ofRun(v.scope(), run.value()));
  }

  @POST
  @Path("{delivery}/retry")
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(ACCEPTED)
  @Operation(operationId = "retryDelivery", summary = "Try a delivery that failed again")
  @APIResponseSchema(
      value = DeliveryView.class,
      responseCode = "202",
      responseDescription = "The delivery goes on with what is missing")
  public Uni<DeliveryView> retry(
      @PathParam("id") String id, @PathParam("delivery") String delivery) {
    RunId run = RunId.parse(id);
    UUID which = idOf(delivery);
    return sight.of(run).flatMap(v -> deliveries.retry(v.scope(), run.value(), which));
  }

  private static UUID idOf(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw InvalidRequest.of("delivery", text, "the id of a delivery").exception();
    }
  }
}
