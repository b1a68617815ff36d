package dev.sluice.catalog.holding;

import dev.sluice.catalog.file.FileSet;
import dev.sluice.catalog.holding.HoldingsQuestion.DraftPaths;
import dev.sluice.catalog.holding.HoldingsView.Blocked;
import dev.sluice.catalog.holding.HoldingsView.Held;
import dev.sluice.manifest.Digest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Tables {@code stored_object} and {@code erasure}, which others fill. */
@ApplicationScoped
class HoldingsRepository {

  /**
   * One object for each of these digests that the project has. From now on and for the grace period
   * of the garbage collection it stays, so that a file may point at it.
   */
  Uni<List<Held>> withDigest(
      Mutiny.Session session, ProjectScope scope, Collection<String> digests) {
    return session
        .createNativeQuery(
            """
            with found as (
              select distinct on (sha256, size)
                sha256, size, object_key, media_type, crc32c, touched
              from {h-schema}stored_object
              where project = :project and sha256 = any(string_to_array(:digests, ','))
                and state = 'held'
              order by sha256, size, touched desc, object_key),
            stale as (
              select o.object_key from {h-schema}stored_object o
              join found f on f.object_key = o.object_key
              where o.project = :project and o.state = 'held'
                and o.touched < now() - interval '1 hour'
              order by o.object_key for update of o),
            saved as (
              update {h-schema}stored_object o set touched = now() from stale s
              where o.project = :project and o.object_key = s.object_key
              returning o.sha256, o.size, o.object_key, o.media_type, o.crc32c)
            select sha256, size, object_key, media_type, crc32c from saved
            union all
            select sha256, size, object_key, media_type, crc32c from found
            where touched >= now() - interval '1 hour'
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("digests", String.join(",", digests))
        .getResultList()
        .map(rows -> rows.stream().map(HoldingsRepository::held).toList());
  }

  /** Those of the contents that were erased and must not come back. */
  Uni<List<Blocked>> blocked(
      Mutiny.Session session, ProjectScope scope, Collection<String> digests) {
    return session
        .createNativeQuery(
            """
            select sha256, reason from {h-schema}erasure
            where project = :project and sha256 = any(string_to_array(:digests, ','))
              and blocked
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("digests", String.join(",", digests))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Blocked(String.valueOf(row[0]), String.valueOf(row[1])))
                    .toList());
  }

  /** Those of the sizes that some object has. */
  Uni<List<Long>> sizes(Mutiny.Session session, ProjectScope scope, Collection<Long> sizes) {
    return session
        .createNativeQuery(
            """
            select distinct s from unnest(cast(string_to_array(:sizes, ',') as bigint[])) s
            where exists (
              select 1 from {h-schema}stored_object
              where project = :project and size = s and state = 'held')
            """,
            Long.class)
        .setParameter("project", scope.project())
        .setParameter("sizes", sizes.stream().map(String::valueOf).collect(Collectors.joining(",")))
        .getResultList();
  }

  /**
   * Those of the keys that files point at, or did, and those below the output of a run that has not
   * ended: nobody else may remove any of them.
   */
  Uni<List<String>> owned(Mutiny.Session session, ProjectScope scope, Collection<String> keys) {
    return session
        .createNativeQuery(
            """
            select k from unnest(string_to_array(:keys, chr(10))) k
            where exists (
                select 1 from {h-schema}stored_object
                where project = :project and object_key = k)
              or exists (
                select 1 from {h-schema}dataset_version v
                join {h-schema}dataset d on d.id = v.dataset_id
                where v.project = :project and v.state = 'draft' and v.run_id is not null
                  and starts_with(k, 'dataset/' || d.name || '/v' || v.number || '/'))
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("keys", String.join("\n", keys))
        .getResultList();
  }

  /** A draft by its version's name; empty when there is none. */
  Uni<Optional<KnownDraft>> draft(Mutiny.Session session, ProjectScope scope, DraftPaths asked) {
    return session
        .createNativeQuery(
            """
            select v.id, v.root, cast(extract(epoch from v.edited_at) * 1000 as bigint)
            from {h-schema}dataset_version v
            where v.project = :project and v.dataset_id = :dataset and 'v' || v.number = :version
              and v.state = 'draft'
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", asked.datasetId())
        .setParameter("version", asked.version())
        .getResultList()
        .map(rows -> rows.stream().map(HoldingsRepository::toDraft).findFirst());
  }

  /**
   * A draft that files may go into.
   *
   * @param editedAt null for never
   */
  record KnownDraft(FileSet files, @Nullable Instant editedAt) {}

  private static KnownDraft toDraft(@Nullable Object[] row) {
    return new KnownDraft(
        new FileSet(
            UUID.fromString(String.valueOf(row[0])), Digest.ofHex(String.valueOf(row[1])), true),
        row[2] instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : null);
  }

  /** Bytes of all objects. */
  Uni<Long> usedBytes(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            """
            select cast(coalesce(sum(size), 0) as bigint) from {h-schema}stored_object
            where project = :project and state in ('held', 'doomed')
            """,
            Long.class)
        .setParameter("project", scope.project())
        .getSingleResult();
  }

  private static Held held(@Nullable Object[] row) {
    return new Held(
        String.valueOf(row[0]),
        ((Number) row[1]).longValue(),
        String.valueOf(row[2]),
        String.valueOf(row[3]),
        row[4] instanceof Number crc ? "%08x".formatted(crc.longValue()) : null);
  }
}
