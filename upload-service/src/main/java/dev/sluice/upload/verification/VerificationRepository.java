package dev.sluice.upload.verification;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.ledger.UploadId;
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

/** The columns of table {@code upload} that say which replica reads an object back. */
@ApplicationScoped
class VerificationRepository {

  /**
   * Takes uploads that nobody reads, oldest first; those of projects that send only when they have
   * waited long.
   *
   * @param single whether files of one part are wanted, or all others
   */
  Uni<List<Claim>> claimAnyProject(
      Mutiny.Session session, UUID owner, boolean single, Terms terms, int limit) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload set lease_owner = :owner, lease_until = :until where id in (
              select id from {h-schema}upload
              where state = 'verifying' and (part_count = 1) = :single
                and (lease_until is null or lease_until < :now)
                and (since <= :patient or project <> all(array(
                  select project from {h-schema}upload
                  where state = 'open' and urls_expire_at > :sending)))
              order by since limit :limit for update skip locked)
            returning id, project, traceparent
            """,
            Object[].class)
        .setParameter("owner", owner)
        .setParameter("single", single)
        .setParameter("until", terms.until().atOffset(ZoneOffset.UTC))
        .setParameter("now", terms.now().atOffset(ZoneOffset.UTC))
        .setParameter("patient", terms.patientSince().atOffset(ZoneOffset.UTC))
        .setParameter("sending", terms.sendingAfter().atOffset(ZoneOffset.UTC))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(Claim::of).toList());
  }

  /** A sign of life for claims of any project that this replica still works on. */
  Uni<Integer> renewAnyProject(
      Mutiny.Session session, UUID owner, Collection<UploadId> ids, Instant until) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload set lease_until = :until
            where lease_owner = :owner and state = 'verifying'
              and id = any(cast(string_to_array(:ids, ',') as uuid[]))
            """)
        .setParameter("until", until.atOffset(ZoneOffset.UTC))
        .setParameter("owner", owner)
        .setParameter("ids", ids.stream().map(UploadId::toString).collect(Collectors.joining(",")))
        .executeUpdate();
  }

  /** Ends the claims on these uploads, so that any replica may take them once they come again. */
  Uni<Void> release(Mutiny.Session session, ProjectScope scope, Collection<UploadId> ids) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload set lease_owner = null, lease_until = null
            where id = any(cast(string_to_array(:ids, ',') as uuid[])) and project = :project
            """)
        .setParameter("ids", ids.stream().map(UploadId::toString).collect(Collectors.joining(",")))
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Claims that still hold; asked in the transaction that holds the rows. */
  Uni<Set<UploadId>> ownedBy(
      Mutiny.Session session, ProjectScope scope, Collection<UploadId> ids, UUID owner) {
    return session
        .createNativeQuery(
            """
            select id from {h-schema}upload
            where id = any(cast(string_to_array(:ids, ',') as uuid[]))
              and project = :project and lease_owner = :owner
            """,
            UUID.class)
        .setParameter("ids", ids.stream().map(UploadId::toString).collect(Collectors.joining(",")))
        .setParameter("project", scope.project())
        .setParameter("owner", owner)
        .getResultList()
        .map(rows -> rows.stream().map(UploadId::new).collect(Collectors.toSet()));
  }

  /**
   * Instants of a claim.
   *
   * @param until when it ends
   * @param patientSince uploads that verify since then wait for nobody any more
   * @param sendingAfter open uploads with an address that is good beyond this are being sent
   */
  record Terms(Instant now, Instant until, Instant patientSince, Instant sendingAfter) {}

  /**
   * An upload that this replica reads back.
   *
   * @param traceparent the trace of the request that completed it; empty text when there is none
   */
  record Claim(UploadId id, ProjectScope scope, String traceparent) {
    static Claim of(Object[] row) {
      return new Claim(
          new UploadId((UUID) row[0]), ProjectScope.system((String) row[1]), (String) row[2]);
    }
  }
}
