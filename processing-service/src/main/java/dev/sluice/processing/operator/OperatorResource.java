package dev.sluice.processing.operator;

import dev.sluice.support.http.Page;
import dev.sluice.support.identity.AnyUser;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The catalogue of operators over HTTP. */
@Path("/api/v1/operators")
@Authenticated
@Tag(name = "operators")
class OperatorResource {
  private final OperatorService operators;

  OperatorResource(OperatorService operators) {
    this.operators = operators;
  }

  @GET
  @AnyUser
  @Operation(
      operationId = "listOperators",
      summary = "List all operators with the JSON Schema of their parameters, on one page")
  public Uni<Page<OperatorView>> list() {
    return Uni.createFrom().item(new Page<>(operators.all(), null));
  }

  @GET
  @Path("{name}")
  @AnyUser
  @Operation(operationId = "getOperator", summary = "Show one operator")
  public Uni<OperatorView> get(@PathParam("name") String name) {
    return Uni.createFrom().item(operators.get(name));
  }
}
