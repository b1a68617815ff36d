package dev.sluice.upload.importing;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Finds imports whose end somebody has to write down. */
@ApplicationScoped
class EndRepository {

  /** Imports whose version the catalog has sealed or dropped. */
  Uni<List<Ended>> decidedAnyProject(Mutiny.Session session, int limit) {
    return session
        .createNativeQuery(
            """
            select j.id, j.project, d.state, d.reason from {h-schema}import_job j
            join {h-schema}draft d on d.dataset_id = j.dataset_id and d.version = j.version
            where j.state = 'committing' and d.state in ('sealed', 'dropped')
            limit :limit
            """,
            Object[].class)
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(Ended::of).toList());
  }

  /** Failed imports whose draft has waited long enough for a retry. */
  Uni<List<Ended>> overdueAnyProject(Mutiny.Session session, Instant now, int limit) {
    return session
        .createNativeQuery(
            """
            select id, project, state, cast(null as text) from {h-schema}import_job
            where state = 'failed' and draft_until < :now limit :limit
            """,
            Object[].class)
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(Ended::of).toList());
  }

  /** Imports that are over and whose uploads nobody wants. */
  Uni<List<Ended>> droppingAnyProject(Mutiny.Session session, int limit) {
    return session
        .createNativeQuery(
            """
            select id, project, state, cast(null as text) from {h-schema}import_job
            where dropping limit :limit
            """,
            Object[].class)
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(Ended::of).toList());
  }

  /** All its uploads are given up. */
  Uni<Void> dropped(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_job set dropping = false
            where id = :id and project = :project
            """)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /**
   * An import whose end has to be written down.
   *
   * @param state of its draft, or its own
   * @param reason why the catalog dropped the draft
   */
  record Ended(ImportId id, ProjectScope scope, String state, @Nullable String reason) {
    static Ended of(Object[] row) {
      return new Ended(
          new ImportId((UUID) row[0]),
          ProjectScope.system((String) row[1]),
          (String) row[2],
          (String) row[3]);
    }
  }
}
