package dev.sluice.catalog.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code audit_entry}: rows are added and read. */
@ApplicationScoped
class AuditRepository {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};
  private static final OffsetDateTime EVER = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final OffsetDateTime NEVER =
      OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final Clock clock;

  AuditRepository(Clock clock) {
    this.clock = clock;
  }

  Uni<Void> add(Mutiny.Session session, ProjectScope scope, AuditEntry entry) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}audit_entry
              (project, at, actor, action, dataset_id, dataset, version, object, reason, details)
            values (:project, :at, :actor, :action, cast(nullif(:datasetId, '') as uuid),
              nullif(:dataset, ''), nullif(:version, ''), nullif(:object, ''),
              nullif(:reason, ''), :details)
            """)
        .setParameter("project", scope.project())
        .setParameter("at", OffsetDateTime.now(clock))
        .setParameter("actor", entry.actor() == null ? scope.caller() : entry.actor())
        .setParameter("action", entry.action().text())
        .setParameter("datasetId", orEmpty(entry.datasetId()))
        .setParameter("dataset", orEmpty(entry.dataset()))
        .setParameter("version", orEmpty(entry.version()))
        .setParameter("object", orEmpty(entry.object()))
        .setParameter("reason", orEmpty(entry.reason()))
        .setParameter("details", write(entry.details()))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Entries before an id, newest first. */
  Uni<List<AuditView>> page(
      Mutiny.Session session, ProjectScope scope, AuditFilter filter, long before, int limit) {
    AuditAction action = filter.action();
    return session
        .createNativeQuery(
            """
            select id, at, actor, action, dataset_id, dataset, version, object, reason, details
            from {h-schema}audit_entry
            where project = :project and id < :before
              and (:action = '' or action = :action) and (:actor = '' or actor = :actor)
              and (:dataset = '' or dataset = :dataset) and (:version = '' or version = :version)
              and at >= :from and at < :to
            order by id desc limit :limit
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("before", before)
        .setParameter("action", action == null ? "" : action.text())
        .setParameter("actor", orEmpty(filter.actor()))
        .setParameter("dataset", orEmpty(filter.dataset()))
        .setParameter("version", orEmpty(filter.version()))
        .setParameter("from", at(filter.from(), EVER))
        .setParameter("to", at(filter.to(), NEVER))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(AuditRepository::toView).toList());
  }

  private static AuditView toView(@Nullable Object[] row) {
    return new AuditView(
        ((Number) known(row[0])).longValue(),
        instant(known(row[1])),
        known(row[2]).toString(),
        known(row[3]).toString(),
        (UUID) row[4],
        (String) row[5],
        (String) row[6],
        (String) row[7],
        (String) row[8],
        read(known(row[9]).toString()));
  }

  private static Object known(@Nullable Object column) {
    return Objects.requireNonNull(column);
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  private static OffsetDateTime at(@Nullable Instant instant, OffsetDateTime otherwise) {
    return instant == null ? otherwise : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static String orEmpty(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String write(Map<String, String> details) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(details));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write details", e);
    }
  }

  private static Map<String, String> read(String details) {
    try {
      return JSON.readValue(details, DETAILS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read details", e);
    }
  }
}
