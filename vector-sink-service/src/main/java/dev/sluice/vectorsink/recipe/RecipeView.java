package dev.sluice.vectorsink.recipe;

import dev.sluice.vectorsink.DatasetKey;

/** A recipe as callers read it. */
record RecipeView(
    String project,
    String dataset,
    String model,
    String textColumn,
    String distance,
    String digest) {

  static RecipeView of(DatasetKey key, Recipe recipe) {
    return new RecipeView(
        key.project(),
        key.dataset(),
        recipe.model(),
        recipe.textColumn(),
        recipe.distance(),
        recipe.digest());
  }
}
