package dev.sluice.cli.vectors;

import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.client.Recipe;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How the rows of a dataset become vectors. */
@Command(
    name = "recipe",
    description = "Say how a dataset becomes searchable.",
    footer = {
      "",
      "With a recipe, every new version of the dataset is indexed by itself.",
      "",
      "Examples:",
      "  sluice recipe set notes-chunks",
      "  sluice recipe show notes-chunks"
    })
public final class RecipeCommand {

  private static final List<Column<Recipe>> PROPERTIES =
      List.of(
          Column.of("Dataset", Recipe::dataset),
          Column.of("Model", Recipe::model),
          Column.of("Text column", Recipe::textColumn),
          Column.of("Distance", Recipe::distance),
          Column.of("Digest", Recipe::digest));

  private final Context context;

  /** Needs no more than the context. */
  public RecipeCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Set the recipe of a dataset.")
  void set(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Option(names = "--model", defaultValue = "all-MiniLM-L6-v2") String model,
      @Option(names = "--text-column", defaultValue = "text") String textColumn,
      @Option(names = "--distance", defaultValue = "cosine") String distance) {
    Recipe recipe = new Recipe(null, null, model, textColumn, distance, null);
    context
        .output()
        .one(context.client().vectors().putRecipe(context.project(), dataset, recipe), PROPERTIES);
  }

  @Command(description = "The recipe of a dataset.")
  void show(@Parameters(paramLabel = "DATASET") String dataset) {
    context.output().one(context.client().vectors().recipe(context.project(), dataset), PROPERTIES);
  }
}
