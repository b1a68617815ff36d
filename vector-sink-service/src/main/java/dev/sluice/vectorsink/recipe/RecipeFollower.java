package dev.sluice.vectorsink.recipe;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.vectorsink.DatasetKey;
import io.smallrye.mutiny.Uni;

/** Somebody who acts when a dataset got a recipe; may act twice for the same recipe. */
public interface RecipeFollower {
  Uni<Void> recipeStored(ProjectScope scope, DatasetKey key, Recipe recipe);
}
