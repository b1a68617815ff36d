package dev.sluice.upload.session;

import dev.sluice.upload.file.ObjectKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The columns of table {@code upload} that say what has to be thrown away, and when. */
@ApplicationScoped
class CleanupRepository {

  /** Takes rows whose time has come and puts their next turn off, so that no other takes them. */
  Uni<List<Rubbish>> takeAnyProject(
      Mutiny.Session session, Instant now, Instant nextTurn, int limit) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload set cleanup_at = :next where id in (
              select id from {h-schema}upload where cleanup_at <= :now
              order by cleanup_at limit :limit for update skip locked)
            returning id, project, object_key, coalesce(store_upload_id, ''),
              urls_expire_at is not null, part_count = 1, state = 'completed'
            """,
            Object[].class)
        .setParameter("next", nextTurn.atOffset(ZoneOffset.UTC))
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(Rubbish::of).toList());
  }

  /** Done for good, unless addresses that are still good may bring bytes later. */
  Uni<Void> doneAnyProject(Mutiny.Session session, Collection<UUID> ids, Instant now) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload
            set cleanup_at = case when urls_expire_at > :now
              then urls_expire_at + interval '1 minute' end
            where id = any(cast(string_to_array(:ids, ',') as uuid[]))
            """)
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",")))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Open uploads that nobody can finish: too old, or their draft takes no files any more. */
  Uni<List<Stale>> staleAnyProject(Mutiny.Session session, Instant now, int limit) {
    return session
        .createNativeQuery(
            """
            select u.id, u.project,
              case when u.expires_at < :now then 'expired' else 'the version is ' || d.state end
            from {h-schema}upload u
            left join {h-schema}draft d on d.dataset_id = u.dataset_id and d.version = u.version
            where u.state = 'open'
              and (u.expires_at < :now or d.state in ('sealed', 'dropped'))
            limit :limit
            """,
            Object[].class)
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(Stale::of).toList());
  }

  /**
   * What an upload may have left in the store.
   *
   * @param storeUploadId empty when no multipart upload began
   * @param reachedStore whether an address was given out at all
   * @param staged whether its bytes landed under a key of their own
   * @param wanted whether the object itself is a file now
   */
  record Rubbish(
      UUID id,
      String project,
      String objectKey,
      String storeUploadId,
      boolean reachedStore,
      boolean staged,
      boolean wanted) {
    static Rubbish of(Object[] row) {
      return new Rubbish(
          (UUID) row[0],
          (String) row[1],
          (String) row[2],
          (String) row[3],
          (Boolean) row[4],
          (Boolean) row[5],
          (Boolean) row[6]);
    }

    /** Keys of objects that nobody wants. */
    List<ObjectKey> keys() {
      if (!reachedStore) {
        return List.of();
      }
      List<ObjectKey> keys = new ArrayList<>();
      if (staged) {
        keys.add(ObjectKey.staging(id));
      }
      if (!wanted) {
        keys.add(new ObjectKey(objectKey));
      }
      return keys;
    }
  }

  /** An upload to give up, and why. */
  record Stale(UUID id, String project, String reason) {
    static Stale of(Object[] row) {
      return new Stale((UUID) row[0], (String) row[1], (String) row[2]);
    }
  }
}
