package dev.sluice.vectorsink.recipe;

import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectRole;
import dev.sluice.support.identity.Role;
import dev.sluice.vectorsink.DatasetKey;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Recipes over HTTP. */
@Path("/api/v1/recipes/{project}/{dataset}")
@Tag(name = "recipes")
@Authenticated
class RecipeResource {
  private final ProjectAccess access;
  private final RecipeService recipes;

  RecipeResource(ProjectAccess access, RecipeService recipes) {
    this.access = access;
    this.recipes = recipes;
  }

  @GET
  @ProjectRole(Role.VIEWER)
  @Operation(operationId = "get_recipe", summary = "How the dataset becomes vectors")
  public Uni<RestResponse<RecipeView>> get(
      @PathParam("project") String project, @PathParam("dataset") String dataset) {
    DatasetKey key = new DatasetKey(project, dataset);
    return access
        .scope(project)
        .flatMap(scope -> recipes.get(scope, key))
        .map(recipe -> tagged(key, recipe));
  }

  @PUT
  @ProjectRole(Role.EDITOR)
  @Operation(
      operationId = "put_recipe",
      summary = "Sets how the dataset becomes vectors; its newest sealed version is indexed by it")
  public Uni<RestResponse<RecipeView>> put(
      @PathParam("project") String project,
      @PathParam("dataset") String dataset,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Nullable RecipeBody body) {
    DatasetKey key = new DatasetKey(project, dataset);
    Recipe recipe = Objects.requireNonNullElse(body, new RecipeBody(null, null, null)).toRecipe();
    String expected = ifMatch == null || ifMatch.equals("*") ? null : ifMatch.replace("\"", "");
    return access
        .scope(project)
        .flatMap(scope -> recipes.put(scope, key, recipe, expected))
        .map(stored -> tagged(key, stored));
  }

  private static RestResponse<RecipeView> tagged(DatasetKey key, Recipe recipe) {
    return RestResponse.ResponseBuilder.ok(RecipeView.of(key, recipe))
        .header("ETag", '"' + recipe.digest() + '"')
        .build();
  }
}
