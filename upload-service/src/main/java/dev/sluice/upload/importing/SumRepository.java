package dev.sluice.upload.importing;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** What the rows of table {@code import_file} add up to. */
@ApplicationScoped
class SumRepository {

  /** How far it is; bytes done are those of files that are wholly sent. */
  Uni<Progress> progress(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            select count(*) filter (where f.kind <> 'archive'),
              count(*) filter (where f.state = 'imported'),
              count(*) filter (where f.state = 'unchanged' and f.kind <> 'archive'),
              count(*) filter (where f.state = 'ignored'),
              count(*) filter (where f.state = 'failed'),
              coalesce(sum(greatest(f.size, 0)) filter (
                where f.kind <> 'archive' and f.state in ('pending', 'sending', 'imported')), 0),
              coalesce(sum(f.size) filter (where f.state = 'imported'
                or (f.state = 'sending' and exists (
                  select 1 from {h-schema}upload u
                  where u.id = f.upload_id and u.state <> 'open'))), 0)
            from {h-schema}import_file f
            join {h-schema}import_job j on j.id = f.import_id and j.project = :project
            where f.import_id = :id
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .getSingleResult()
        .map(SumRepository::progress);
  }

  private static Progress progress(Object[] row) {
    long[] n = new long[row.length];
    for (int i = 0; i < row.length; i++) {
      n[i] = ((Number) row[i]).longValue();
    }
    return new Progress(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
  }

  /** Of each source that has a single file, by its number: what says whether it changed. */
  Uni<Map<Integer, String>> tags(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            select f.source_no, min(f.tag) from {h-schema}import_file f
            join {h-schema}import_job j on j.id = f.import_id and j.project = :project
            where f.import_id = :id and f.kind <> 'entry'
            group by f.source_no having count(*) = 1 and min(f.tag) <> ''
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(r -> ((Number) r[0]).intValue(), r -> (String) r[1])));
  }
}
