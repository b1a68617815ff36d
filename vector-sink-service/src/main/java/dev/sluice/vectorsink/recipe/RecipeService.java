package dev.sluice.vectorsink.recipe;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VectorSinkProblem.RecipeChanged;
import dev.sluice.vectorsink.VectorSinkProblem.RecipeNotFound;
import dev.sluice.vectorsink.source.CatalogClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Keeps one recipe for each dataset. */
@ApplicationScoped
public class RecipeService {
  private final Transactions transactions;
  private final RecipeRepository recipes;
  private final CatalogClient catalog;
  private final RecipeFollower follower;

  RecipeService(
      Transactions transactions,
      RecipeRepository recipes,
      CatalogClient catalog,
      RecipeFollower follower) {
    this.transactions = transactions;
    this.recipes = recipes;
    this.catalog = catalog;
    this.follower = follower;
  }

  /** The dataset's recipe; 404 when it has none. */
  public Uni<Recipe> get(ProjectScope scope, DatasetKey key) {
    return transactions
        .reading(session -> recipes.byName(session, scope, key.dataset()))
        .map(found -> found.orElseThrow(() -> new RecipeNotFound(key.dataset()).exception()));
  }

  /**
   * Stores the recipe, and then has the newest sealed version indexed by it: in this order, so that
   * a version sealed meanwhile is not missed.
   *
   * @param ifMatch digest of the recipe that may be replaced; null for any
   */
  Uni<Recipe> put(ProjectScope scope, DatasetKey key, Recipe recipe, @Nullable String ifMatch) {
    return catalog
        .dataset(key)
        .flatMap(
            dataset ->
                transactions.in(
                    session ->
                        recipes
                            .byId(session, scope, dataset.id())
                            .invoke(old -> refuseOther(key, old, ifMatch))
                            .flatMap(
                                old -> recipes.save(session, scope, key, dataset.id(), recipe))))
        .flatMap(stored -> follower.recipeStored(scope, key, recipe))
        .replaceWith(recipe);
  }

  /** The recipe of a dataset by id, inside the caller's transaction. */
  public Uni<Optional<Recipe>> find(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return recipes.byId(session, scope, datasetId);
  }

  /** Puts the recipe of a deleted dataset aside. */
  public Uni<Void> trash(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return recipes.trash(session, scope, datasetId);
  }

  /** Takes the recipe of a dataset back that left the trash. */
  public Uni<Void> restore(Mutiny.Session session, DatasetKey key, UUID datasetId) {
    return recipes.restore(session, key, datasetId);
  }

  /** Forgets the recipe of a dataset that will not come back. */
  public Uni<Void> forgetTrashed(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return recipes.forgetTrashed(session, scope, datasetId);
  }

  private static void refuseOther(
      DatasetKey key, Optional<Recipe> stored, @Nullable String ifMatch) {
    if (ifMatch != null && !stored.map(Recipe::digest).equals(Optional.of(ifMatch))) {
      throw new RecipeChanged(key.dataset(), ifMatch).exception();
    }
  }
}
