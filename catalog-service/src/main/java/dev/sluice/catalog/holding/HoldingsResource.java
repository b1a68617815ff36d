package dev.sluice.catalog.holding;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.ServiceOnly;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a project holds, for services that are about to bring more. */
@Path("/api/v1/projects/{project}/holdings")
@Tag(name = "holdings")
class HoldingsResource {
  private final HoldingsService holdings;

  HoldingsResource(HoldingsService holdings) {
    this.holdings = holdings;
  }

  @POST
  @ServiceOnly
  @Operation(operationId = "find_holdings", summary = "Which of these contents the project holds")
  public Uni<HoldingsView> find(
      @PathParam("project") String project, @Nullable HoldingsQuestion question) {
    if (question == null) {
      throw InvalidRequest.of("body", "", "a JSON object with contents").exception();
    }
    return holdings.of(ProjectScope.system(project), question.checked(), question.checkedDraft());
  }

  @POST
  @Path("/keys")
  @ServiceOnly
  @Operation(
      operationId = "find_owned_keys",
      summary = "Which of these objects files point at, or runs that have not ended may write")
  public Uni<KeysQuestion.Answer> findKeys(
      @PathParam("project") String project, @Nullable KeysQuestion question) {
    if (question == null) {
      throw InvalidRequest.of("body", "", "a JSON object with keys").exception();
    }
    return holdings
        .owned(ProjectScope.system(project), question.checked())
        .map(KeysQuestion.Answer::new);
  }

  @POST
  @Path("/blocked")
  @ServiceOnly
  @Operation(
      operationId = "find_blocked_contents",
      summary = "Which of these contents were erased and must not come back")
  public Uni<BlockedQuestion.Answer> findBlocked(
      @PathParam("project") String project, @Nullable BlockedQuestion question) {
    if (question == null) {
      throw InvalidRequest.of("body", "", "a JSON object with sha256").exception();
    }
    return holdings
        .blocked(ProjectScope.system(project), question.checked())
        .map(BlockedQuestion.Answer::new);
  }
}
