package dev.sluice.vectorsink.recipe;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recipe as a caller writes it; what is left out is the built-in choice. */
record RecipeBody(@Nullable String model, @Nullable String textColumn, @Nullable String distance) {

  Recipe toRecipe() {
    return new Recipe(
        Objects.requireNonNullElse(model, Recipe.MINI_LM),
        Objects.requireNonNullElse(textColumn, "text"),
        Objects.requireNonNullElse(distance, Recipe.COSINE));
  }
}
