package dev.sluice.vectorsink.indexing;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.tracing.TraceContext;
import dev.sluice.vectorsink.VersionLabel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code trashed_indexing}: what was indexed of datasets that lie in the trash. */
@ApplicationScoped
class TrashedRepository {

  /** All versions of a dataset are not searched any more, and all its points leave. */
  Uni<Void> trash(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createNativeQuery(
            """
            with gone as (
              delete from {h-schema}indexing
              where project = :project and dataset_id = :dataset
              returning project, dataset_id, dataset, version, model, text_column, distance,
                recipe_digest
            ), kept as (
              insert into {h-schema}trashed_indexing (dataset_id, version, project, dataset, model,
                text_column, distance, recipe_digest)
              select dataset_id, version, project, dataset, model, text_column, distance,
                recipe_digest
              from gone
              on conflict (dataset_id, version) do nothing
            )
            insert into {h-schema}removal (project, dataset_id, dataset)
            select distinct project, dataset_id, dataset from gone
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Has all versions that were indexed indexed again; removals that wait come before. */
  Uni<Void> restore(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createNativeQuery(
            """
            with back as (
              delete from {h-schema}trashed_indexing
              where project = :project and dataset_id = :dataset
              returning dataset_id, version, project, dataset, model, text_column, distance,
                recipe_digest
            )
            insert into {h-schema}indexing (id, project, dataset_id, dataset, version, model,
              text_column, distance, recipe_digest, traceparent, state)
            select gen_random_uuid(), project, dataset_id, dataset, version, model, text_column,
              distance, recipe_digest, :trace, 'pending'
            from back
            on conflict (dataset_id, version) do nothing
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("trace", TraceContext.current())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The version is not to be indexed should the dataset come back. */
  Uni<Void> forget(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, VersionLabel version) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}trashed_indexing
            where project = :project and dataset_id = :dataset and version = :version
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("version", version.number())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The dataset does not come back. */
  Uni<Void> forgetAll(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}trashed_indexing
            where project = :project and dataset_id = :dataset
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .executeUpdate()
        .replaceWithVoid();
  }
}
