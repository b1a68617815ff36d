package dev.sluice.vectorsink.indexing;

import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.CurrentCaller;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.recipe.RecipeService;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Indexes over HTTP. */
@Path("/api/v1/indexes")
@Tag(name = "indexes")
@Authenticated
class IndexResource {
  private final ProjectAccess access;
  private final CurrentCaller caller;
  private final IndexingService indexings;
  private final IndexRequestService requests;
  private final RecipeService recipes;

  IndexResource(
      ProjectAccess access,
      CurrentCaller caller,
      IndexingService indexings,
      IndexRequestService requests,
      RecipeService recipes) {
    this.access = access;
    this.caller = caller;
    this.indexings = indexings;
    this.requests = requests;
    this.recipes = recipes;
  }

  @POST
  @ProjectRole(Role.EDITOR)
  @ResponseStatus(202)
  @Operation(
      operationId = "create_index",
      summary = "Has a sealed version indexed by its dataset's recipe")
  public Uni<IndexView> create(
      @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable IndexRequest body) {
    IndexRequest wanted = required(body);
    DatasetKey dataset = keyOf(wanted.project(), wanted.dataset());
    String version = versionOf(wanted);
    IdempotentRequest repeatable = IdempotentRequest.of(caller.name(), key, "create_index", wanted);
    return access
        .scope(dataset.project())
        .flatMap(
            scope ->
                recipes
                    .get(scope, dataset)
                    .flatMap(
                        recipe -> requests.request(scope, dataset, version, recipe, repeatable)));
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "list_indexes", summary = "Indexes by dataset and version")
  public Uni<Page<IndexView>> list(
      @QueryParam("project") @Nullable String project,
      @QueryParam("dataset") @Nullable String dataset,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    String wanted = dataset == null ? "" : dataset;
    return access
        .scope(requiredText("project", project))
        .flatMap(scope -> indexings.list(scope, wanted, page));
  }

  @GET
  @Path("/{project}/{dataset}/{version}")
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_index", summary = "How far the index of a version is")
  public Uni<IndexView> get(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @PathParam("version") String version) {
    DatasetKey key = new DatasetKey(project, dataset);
    VersionLabel label = VersionLabel.of(version);
    return access.scope(project).flatMap(scope -> indexings.get(scope, key, label));
  }

  private static IndexRequest required(@Nullable IndexRequest body) {
    return body == null ? new IndexRequest(null, null, null) : body;
  }

  private static DatasetKey keyOf(@Nullable String project, @Nullable String dataset) {
    return new DatasetKey(requiredText("project", project), requiredText("dataset", dataset));
  }

  private static String versionOf(IndexRequest wanted) {
    String version = requiredText("version", wanted.version());
    return version.equals("latest") ? version : VersionLabel.of(version).toString();
  }

  private static String requiredText(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw InvalidRequest.of(field, String.valueOf(value), "required").exception();
    }
    return value;
  }
}
