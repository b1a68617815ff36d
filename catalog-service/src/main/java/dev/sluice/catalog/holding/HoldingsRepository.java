package dev.sluice.catalog.holding;

import dev.sluice.catalog.holding.HoldingsView.Held;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code stored_object}, which the files' own repository fills. */
@ApplicationScoped
class HoldingsRepository {

  /** One object for each of these digests that the project has. */
  Uni<List<Held>> withDigest(
      Mutiny.Session session, ProjectScope scope, Collection<String> digests) {
    return session
        .createNativeQuery(
            """
            select distinct on (sha256, size) sha256, size, object_key, media_type
            from {h-schema}stored_object
            where project = :project and sha256 = any(string_to_array(:digests, ','))
            order by sha256, size, object_key
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("digests", String.join(",", digests))
        .getResultList()
        .map(rows -> rows.stream().map(HoldingsRepository::held).toList());
  }

  /** Those of the sizes that some object has. */
  Uni<List<Long>> sizes(Mutiny.Session session, ProjectScope scope, Collection<Long> sizes) {
    return session
        .createNativeQuery(
            """
            select distinct s from unnest(cast(string_to_array(:sizes, ',') as bigint[])) s
            where exists (
              select 1 from {h-schema}stored_object where project = :project and size = s)
            """,
            Long.class)
        .setParameter("project", scope.project())
        .setParameter("sizes", sizes.stream().map(String::valueOf).collect(Collectors.joining(",")))
        .getResultList();
  }

  /** Those of the keys that are there. */
  Uni<List<String>> owned(Mutiny.Session session, ProjectScope scope, Collection<String> keys) {
    return session
        .createNativeQuery(
            """
            select object_key from {h-schema}stored_object
            where project = :project and object_key = any(string_to_array(:keys, chr(10)))
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("keys", String.join("\n", keys))
        .getResultList();
  }

  /** Bytes of all objects. */
  Uni<Long> usedBytes(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            """
            select cast(coalesce(sum(size), 0) as bigint) from {h-schema}stored_object
            where project = :project
            """,
            Long.class)
        .setParameter("project", scope.project())
        .getSingleResult();
  }

  private static Held held(Object[] row) {
    return new Held(
        String.valueOf(row[0]),
        ((Number) row[1]).longValue(),
        String.valueOf(row[2]),
        String.valueOf(row[3]));
  }
}
