package dev.sluice.catalog.file;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tables {@code erasure} and {@code stored_object}, for who reads files. */
@ApplicationScoped
class ErasedRepository {

  /** Keys of the objects with these contents that were erased, and when. */
  Uni<Map<String, Instant>> objects(
      Mutiny.Session session, ProjectScope scope, Collection<String> digests) {
    return session
        .createNativeQuery(
            """
            select o.object_key, e.erased_at from {h-schema}erasure e
            join {h-schema}stored_object o on o.project = e.project and o.sha256 = e.sha256
              and o.state in ('removed', 'gone')
            where e.project = :project and e.sha256 = any(string_to_array(:digests, ','))
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("digests", String.join(",", digests))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(row -> String.valueOf(row[0]), row -> instant(row[1]))));
  }

  private static Instant instant(Object column) {
    return switch (column) {
      case Instant i -> i;
      case OffsetDateTime o -> o.toInstant();
      default -> throw new IllegalStateException("no instant: " + column.getClass());
    };
  }
}
