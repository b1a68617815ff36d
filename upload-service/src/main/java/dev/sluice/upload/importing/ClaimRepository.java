package dev.sluice.upload.importing;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The columns of table {@code import_job} that say which replica works on an import. */
@ApplicationScoped
class ClaimRepository {

  /**
   * Takes imports that are due and that nobody works on; of each dataset one at a time, so that
   * every version begins with what the one before brought.
   */
  Uni<List<Claim>> claimAnyProject(
      Mutiny.Session session, UUID owner, Instant now, Instant until, int limit) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended('imports', 3))")
        .getResultList()
        .chain(() -> claim(session, owner, now, until, limit));
  }

  private static Uni<List<Claim>> claim(
      Mutiny.Session session, UUID owner, Instant now, Instant until, int limit) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_job set lease_owner = :owner, lease_until = :until,
              since = case when state = 'requested' then :now else since end,
              started_at = coalesce(started_at, :now), state = 'running'
            where id in (
              select j.id from {h-schema}import_job j
              where j.state in ('requested', 'running') and j.next_at <= :now
                and (j.lease_until is null or j.lease_until < :now)
                and not exists (
                  select 1 from {h-schema}import_job o
                  where o.project = j.project and o.dataset = j.dataset and o.id <> j.id
                    and (o.state in ('running', 'committing')
                      or (j.state = 'requested' and o.state = 'requested'
                        and (o.created_at, o.id) < (j.created_at, j.id))))
              order by j.next_at limit :limit for update skip locked)
            returning id, project, traceparent
            """,
            Object[].class)
        .setParameter("owner", owner)
        .setParameter("until", until.atOffset(ZoneOffset.UTC))
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(row -> Claim.of(row, owner)).toList());
  }

  /** A sign of life; answers those that are still this replica's. */
  Uni<Set<ImportId>> renewAnyProject(
      Mutiny.Session session, UUID owner, Collection<ImportId> ids, Instant until) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_job set lease_until = :until
            where lease_owner = :owner and state = 'running'
              and id = any(cast(string_to_array(:ids, ',') as uuid[]))
            returning id
            """,
            UUID.class)
        .setParameter("until", until.atOffset(ZoneOffset.UTC))
        .setParameter("owner", owner)
        .setParameter("ids", ids.stream().map(ImportId::toString).collect(Collectors.joining(",")))
        .getResultList()
        .map(rows -> rows.stream().map(ImportId::new).collect(Collectors.toSet()));
  }

  /**
   * An import that this replica works on.
   *
   * @param traceparent the trace of the request for it; empty text when there is none
   */
  record Claim(ImportId id, ProjectScope scope, UUID owner, String traceparent) {
    static Claim of(Object[] row, UUID owner) {
      return new Claim(
          new ImportId((UUID) row[0]),
          ProjectScope.system((String) row[1]),
          owner,
          (String) row[2]);
    }
  }
}
