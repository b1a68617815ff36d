package dev.sluice.vectorsink.indexing;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.tracing.TraceContext;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.recipe.Recipe;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes to tables {@code indexing} and {@code removal} what shall be done. */
@ApplicationScoped
class RequestRepository {

  /**
   * Has a version indexed. Nothing changes when that is done or under way by the same recipe; a
   * failed one starts anew; the points of another recipe leave.
   */
  Uni<Void> request(
      Mutiny.Session session,
      ProjectScope scope,
      UUID datasetId,
      VersionLabel version,
      NamedRecipe recipe) {
    return removeOtherRecipe(session, scope, datasetId, version, recipe.digest())
        .flatMap(
            removed ->
                session
                    .createNativeQuery(
                        """
                        insert into {h-schema}indexing (id, project, dataset_id, dataset, version,
                          model, text_column, distance, recipe_digest, traceparent,
                          state)
                        values (:id, :project, :datasetId, :dataset, :version, :model, :column,
                          :distance, :digest, :trace, 'pending')
                        on conflict (dataset_id, version) do update set state = 'pending',
                          model = excluded.model, text_column = excluded.text_column,
                          distance = excluded.distance, recipe_digest = excluded.recipe_digest,
                          traceparent = excluded.traceparent,
                          generation = indexing.generation + 1, reason = null, row_count = 0,
                          point_count = 0, next_file = 0, next_row = 0, attempts = 0,
                          not_before = now(), requested_at = now(), indexed_at = null
                        where indexing.state = 'failed'
                          or indexing.recipe_digest <> excluded.recipe_digest
                        """)
                    .setParameter("id", UUID.randomUUID())
                    .setParameter("project", scope.project())
                    .setParameter("datasetId", datasetId)
                    .setParameter("dataset", recipe.key().dataset())
                    .setParameter("version", version.number())
                    .setParameter("model", recipe.recipe().model())
                    .setParameter("column", recipe.recipe().textColumn())
                    .setParameter("distance", recipe.recipe().distance())
                    .setParameter("digest", recipe.digest())
                    .setParameter("trace", TraceContext.current())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Uni<Integer> removeOtherRecipe(
      Mutiny.Session session,
      ProjectScope scope,
      UUID datasetId,
      VersionLabel version,
      String digest) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}removal (project, dataset_id, dataset, recipe_digest, version)
            select project, dataset_id, dataset, recipe_digest, version from {h-schema}indexing
            where project = :project and dataset_id = :dataset and version = :version
              and recipe_digest <> :digest
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("version", version.number())
        .setParameter("digest", digest)
        .executeUpdate();
  }

  /** The version is not searched any more from now on, and its points leave. */
  Uni<Void> withdraw(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, VersionLabel version) {
    return session
        .createNativeQuery(
            """
            with gone as (
              delete from {h-schema}indexing
              where project = :project and dataset_id = :dataset and version = :version
              returning project, dataset_id, dataset, recipe_digest, version
            )
            insert into {h-schema}removal (project, dataset_id, dataset, recipe_digest, version)
            select project, dataset_id, dataset, recipe_digest, version from gone
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("version", version.number())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Points whose texts come from that content leave all collections, and none comes back. */
  Uni<Void> erase(Mutiny.Session session, ProjectScope scope, String sha256) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}erased_source (project, sha256, erased_at)
            values (:project, :sha256, now()) on conflict do nothing
            """)
        .setParameter("project", scope.project())
        .setParameter("sha256", sha256)
        .executeUpdate()
        .chain(
            () ->
                session
                    .createNativeQuery(
                        """
                        insert into {h-schema}removal (project, dataset_id, dataset, source_sha256)
                        select distinct project, dataset_id, dataset, cast(:sha256 as text)
                        from {h-schema}indexing where project = :project
                        """)
                    .setParameter("project", scope.project())
                    .setParameter("sha256", sha256)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** A recipe and the dataset it is for. */
  record NamedRecipe(DatasetKey key, Recipe recipe) {
    String digest() {
      return recipe.digest();
    }
  }
}
