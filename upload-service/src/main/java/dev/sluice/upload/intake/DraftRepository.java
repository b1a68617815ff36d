package dev.sluice.upload.intake;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.media.DataType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The copy of the catalog's datasets and versions. */
@ApplicationScoped
class DraftRepository {

  Uni<Optional<Draft>> find(
      Mutiny.Session session, ProjectScope scope, String dataset, String version) {
    return session
        .createNativeQuery(
            """
            select d.id, d.data_type, v.state
            from {h-schema}dataset d join {h-schema}draft v on v.dataset_id = d.id
            where d.project = :project and d.name = :dataset and v.version = :version
              and not d.deleted
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset)
        .setParameter("version", version)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(r -> draft(scope, dataset, version, r)));
  }

  private static Draft draft(ProjectScope scope, String dataset, String version, Object[] row) {
    return new Draft(
        (UUID) row[0],
        scope.project(),
        dataset,
        version,
        DataType.named((String) row[1]).orElseThrow(),
        DraftState.labelled((String) row[2]));
  }

  /** Another dataset of the same name must be an older, deleted one. */
  Uni<Void> saveDataset(
      Mutiny.Session session, ProjectScope scope, UUID id, String name, String dataType) {
    return session
        .createNativeQuery(
            """
            update {h-schema}dataset set deleted = true
            where project = :project and name = :name and id <> :id and not deleted
            """)
        .setParameter("project", scope.project())
        .setParameter("name", name)
        .setParameter("id", id)
        .executeUpdate()
        .chain(
            () ->
                session
                    .createNativeQuery(
                        """
                        insert into {h-schema}dataset (id, project, name, data_type)
                        values (:id, :project, :name, :type)
                        on conflict (id) do update set deleted = false
                        """)
                    .setParameter("id", id)
                    .setParameter("project", scope.project())
                    .setParameter("name", name)
                    .setParameter("type", dataType)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Takes over a version's state; an open draft may become anything, nothing becomes open. */
  Uni<Void> saveDraft(
      Mutiny.Session session,
      ProjectScope scope,
      UUID datasetId,
      String version,
      DraftState state) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}draft (dataset_id, version, state)
            select id, :version, :state from {h-schema}dataset
            where id = :id and project = :project
            on conflict (dataset_id, version) do update set state = excluded.state
            where draft.state in ('open', 'importing', 'reserved') and excluded.state in ('sealed', 'dropped')
            """)
        .setParameter("id", datasetId)
        .setParameter("project", scope.project())
        .setParameter("version", version)
        .setParameter("state", state.label())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Remembers why a draft was dropped. */
  Uni<Void> saveReason(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, String version, String reason) {
    return session
        .createNativeQuery(
            """
            update {h-schema}draft v set reason = :reason from {h-schema}dataset d
            where d.id = v.dataset_id and d.project = :project
              and v.dataset_id = :id and v.version = :version
            """)
        .setParameter("reason", reason)
        .setParameter("project", scope.project())
        .setParameter("id", datasetId)
        .setParameter("version", version)
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Void> deleteDataset(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createNativeQuery(
            "update {h-schema}dataset set deleted = true where id = :id and project = :project")
        .setParameter("id", datasetId)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Void> restoreDataset(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return session
        .createNativeQuery(
            "update {h-schema}dataset set deleted = false where id = :id and project = :project")
        .setParameter("id", datasetId)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }
}
