package dev.sluice.vectorsink.recipe;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.vectorsink.DatasetKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code recipe}. */
@ApplicationScoped
class RecipeRepository {

  Uni<Optional<Recipe>> byName(Mutiny.Session session, ProjectScope scope, String dataset) {
    return session
        .createQuery(
            "from RecipeEntity r where r.project = :project and r.dataset = :dataset",
            RecipeEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(RecipeEntity::toRecipe));
  }

  Uni<Optional<Recipe>> byId(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createQuery(
            "from RecipeEntity r where r.project = :project and r.datasetId = :id",
            RecipeEntity.class)
        .setParameter("project", scope.project())
        .setParameter("id", datasetId)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(RecipeEntity::toRecipe));
  }

  /** Replaces the dataset's recipe, and that of a deleted dataset that had the same name. */
  Uni<Void> save(
      Mutiny.Session session, ProjectScope scope, DatasetKey key, UUID datasetId, Recipe recipe) {
    return forgetNamesakes(session, key, datasetId)
        .flatMap(
            gone ->
                session
                    .createNativeQuery(
                        """
                        insert into {h-schema}recipe (dataset_id, project, dataset, model,
                          text_column, distance, digest, updated_by, updated_at)
                        values (:id, :project, :dataset, :model, :column, :distance, :digest,
                          :caller, now())
                        on conflict (dataset_id) do update set model = excluded.model,
                          text_column = excluded.text_column, distance = excluded.distance,
                          digest = excluded.digest, updated_by = excluded.updated_by,
                          updated_at = excluded.updated_at
                        """)
                    .setParameter("id", datasetId)
                    .setParameter("project", scope.project())
                    .setParameter("dataset", key.dataset())
                    .setParameter("model", recipe.model())
                    .setParameter("column", recipe.textColumn())
                    .setParameter("distance", recipe.distance())
                    .setParameter("digest", recipe.digest())
                    .setParameter("caller", scope.caller())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Puts a dataset's recipe aside. */
  Uni<Void> trash(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createNativeQuery(
            """
            with gone as (
              delete from {h-schema}recipe where project = :project and dataset_id = :id
              returning dataset_id, project, dataset, model, text_column, distance, digest,
                updated_by, updated_at
            )
            insert into {h-schema}trashed_recipe (dataset_id, project, dataset, model, text_column,
              distance, digest, updated_by, updated_at)
            select dataset_id, project, dataset, model, text_column, distance, digest, updated_by,
              updated_at
            from gone
            on conflict (dataset_id) do nothing
            """)
        .setParameter("project", scope.project())
        .setParameter("id", datasetId)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Takes a dataset's recipe back, in the place of one that a namesake had. */
  Uni<Void> restore(Mutiny.Session session, DatasetKey key, UUID datasetId) {
    return forgetNamesakes(session, key, datasetId)
        .flatMap(
            gone ->
                session
                    .createNativeQuery(
                        """
                        with back as (
                          delete from {h-schema}trashed_recipe
                          where project = :project and dataset_id = :id
                          returning dataset_id, project, dataset, model, text_column, distance,
                            digest, updated_by, updated_at
                        )
                        insert into {h-schema}recipe (dataset_id, project, dataset, model,
                          text_column, distance, digest, updated_by, updated_at)
                        select dataset_id, project, dataset, model, text_column, distance, digest,
                          updated_by, updated_at
                        from back
                        on conflict (dataset_id) do nothing
                        """)
                    .setParameter("project", key.project())
                    .setParameter("id", datasetId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Forgets what was put aside. */
  Uni<Void> forgetTrashed(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createNativeQuery(
            "delete from {h-schema}trashed_recipe where project = :project and dataset_id = :id")
        .setParameter("project", scope.project())
        .setParameter("id", datasetId)
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Uni<Integer> forgetNamesakes(
      Mutiny.Session session, DatasetKey key, UUID datasetId) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}recipe
            where project = :project and dataset = :dataset and dataset_id <> :id
            """)
        .setParameter("project", key.project())
        .setParameter("dataset", key.dataset())
        .setParameter("id", datasetId)
        .executeUpdate();
  }
}
