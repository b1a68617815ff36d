package dev.sluice.vectorsink.search;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Search over HTTP. */
@Path("/api/v1/search")
@Tag(name = "search")
@Authenticated
class SearchResource {
  private final ProjectAccess access;
  private final SearchService search;

  SearchResource(ProjectAccess access, SearchService search) {
    this.access = access;
    this.search = search;
  }

  @POST
  @ProjectRole(Role.VIEWER)
  @Operation(
      operationId = "search",
      summary = "The pieces of text of a version that are nearest to a question")
  public Uni<SearchAnswer> search(@Nullable SearchRequest body) {
    Question question =
        Question.of(
            Objects.requireNonNullElse(body, new SearchRequest(null, null, null, null, null)));
    return access.scope(question.key().project()).flatMap(scope -> search.search(scope, question));
  }
}
