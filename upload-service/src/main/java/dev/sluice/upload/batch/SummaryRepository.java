package dev.sluice.upload.batch;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.batch.BatchViews.Sum;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sums over table {@code upload}. */
@ApplicationScoped
class SummaryRepository {

  /** Files and bytes by state, of the newest upload of each path. */
  Uni<Map<String, Sum>> sums(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, String version) {
    return session
        .createNativeQuery(
            """
            select state, count(*), cast(sum(size) as bigint) from (
              select distinct on (path) state, size from {h-schema}upload
              where project = :project and dataset_id = :dataset and version = :version
              order by path, created_at desc, id desc) as newest
            group by state
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("version", version)
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> (String) row[0],
                            row ->
                                new Sum(
                                    ((Number) row[1]).longValue(),
                                    ((Number) row[2]).longValue()))));
  }
}
