package dev.sluice.catalog.erasure;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code erasure}, and what follows from it for {@code stored_object}. */
@ApplicationScoped
class ErasureRepository {
  private static final String SELECT =
      """
      select project, sha256, blocked, dataset, version, path, reason, erased_by, erased_at
      from {h-schema}erasure where project = :project
      """;

  /** Keeps who erased what and why; who did so first stays. */
  Uni<Boolean> put(Mutiny.Session session, ProjectScope scope, Erasure erasure) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}erasure as e
              (project, sha256, blocked, dataset, version, path, reason, erased_by, erased_at)
            values (:project, :sha256, :blocked, :dataset, :version, :path, :reason, :by, :at)
            on conflict (project, sha256) do update set blocked = e.blocked or excluded.blocked
            returning e.erased_at = :at
            """,
            Boolean.class)
        .setParameter("project", scope.project())
        .setParameter("sha256", erasure.sha256())
        .setParameter("blocked", erasure.block())
        .setParameter("dataset", erasure.dataset())
        .setParameter("version", erasure.version())
        .setParameter("path", erasure.path())
        .setParameter("reason", erasure.reason())
        .setParameter("by", erasure.erasedBy())
        .setParameter("at", OffsetDateTime.ofInstant(erasure.erasedAt(), ZoneOffset.UTC))
        .getSingleResult();
  }

  /** From now on no file can point at objects with that content; how many they are. */
  Uni<Integer> remove(Mutiny.Session session, ProjectScope scope, String sha256) {
    return session
        .createNativeQuery(
            """
            update {h-schema}stored_object set state = 'removed', state_at = now()
            where project = :project and sha256 = :sha256 and state in ('held', 'doomed')
            """)
        .setParameter("project", scope.project())
        .setParameter("sha256", sha256)
        .executeUpdate();
  }

  /** The erasure of that content, as a list of one or none. */
  Uni<List<Erasure>> find(Mutiny.Session session, ProjectScope scope, String sha256) {
    return session
        .createNativeQuery(SELECT + " and sha256 = :sha256", Object[].class)
        .setParameter("project", scope.project())
        .setParameter("sha256", sha256)
        .getResultList()
        .map(ErasureRepository::erasures);
  }

  /** Erasures by their digests: one row more than the page's limit. */
  Uni<List<Erasure>> page(Mutiny.Session session, ProjectScope scope, PageRequest page) {
    return session
        .createNativeQuery(
            SELECT + " and sha256 > :after order by sha256 limit :limit", Object[].class)
        .setParameter("project", scope.project())
        .setParameter("after", page.after())
        .setParameter("limit", page.fetch())
        .getResultList()
        .map(ErasureRepository::erasures);
  }

  /** Content that came while it was being blocked is removed too. */
  Uni<Integer> removeBlockedAnyProject(Mutiny.Session session) {
    return session
        .createNativeQuery(
            """
            update {h-schema}stored_object o set state = 'removed', state_at = now()
            from {h-schema}erasure e
            where e.blocked and o.project = e.project and o.sha256 = e.sha256
              and o.state in ('held', 'doomed')
            """)
        .executeUpdate();
  }

  /** Some objects whose bytes must go. */
  Uni<List<Removed>> removedAnyProject(Mutiny.Session session, int limit) {
    return session
        .createNativeQuery(
            """
            select project, object_key from {h-schema}stored_object where state = 'removed'
            order by project, object_key limit :limit
            """,
            Object[].class)
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(r -> new Removed((String) r[0], (String) r[1])).toList());
  }

  /** Their bytes are gone. */
  Uni<Void> gone(Mutiny.Session session, ProjectScope scope, List<String> keys) {
    return session
        .createNativeQuery(
            """
            update {h-schema}stored_object set state = 'gone', state_at = now()
            where project = :project and state = 'removed'
              and object_key = any(string_to_array(:keys, chr(10)))
            """)
        .setParameter("project", scope.project())
        .setParameter("keys", String.join("\n", keys))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static List<Erasure> erasures(List<Object[]> rows) {
    return rows.stream().map(ErasureRepository::erasure).toList();
  }

  private static Erasure erasure(@Nullable Object[] row) {
    return new Erasure(
        String.valueOf(row[0]),
        String.valueOf(row[1]),
        Boolean.TRUE.equals(row[2]),
        (String) row[3],
        (String) row[4],
        (String) row[5],
        String.valueOf(row[6]),
        String.valueOf(row[7]),
        instant(row[8]));
  }

  private static Instant instant(@Nullable Object column) {
    return switch (column) {
      case Instant i -> i;
      case OffsetDateTime o -> o.toInstant();
      case null, default -> throw new IllegalStateException("no instant: " + column);
    };
  }

  /** An object whose bytes must go. */
  record Removed(String project, String objectKey) {}
}
