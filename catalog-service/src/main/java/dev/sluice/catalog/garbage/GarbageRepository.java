package dev.sluice.catalog.garbage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code garbage_collection}, for readers. */
@ApplicationScoped
class GarbageRepository {
  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(Findings.class);
  private static final String COLUMNS =
      """
      select id, project, dry_run, state, requested_by, started_at, ended_at, reason, findings
      from {h-schema}garbage_collection where project = :project
      """;

  Uni<Optional<GarbageCollection>> find(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery(COLUMNS + " and id = :id", Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(GarbageRepository::collection));
  }

  /** The newest ones, newest first. */
  Uni<List<GarbageCollection>> newest(Mutiny.Session session, ProjectScope scope, int limit) {
    return session
        .createNativeQuery(COLUMNS + " order by started_at desc, id limit :limit", Object[].class)
        .setParameter("project", scope.project())
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(GarbageRepository::collection).toList());
  }

  private static GarbageCollection collection(@Nullable Object[] row) {
    return new GarbageCollection(
        (UUID) row[0],
        String.valueOf(row[1]),
        Boolean.TRUE.equals(row[2]),
        String.valueOf(row[3]),
        String.valueOf(row[4]),
        instant(row[5]),
        row[6] == null ? null : instant(row[6]),
        row[7] == null ? null : String.valueOf(row[7]),
        row[8] == null ? null : findings(String.valueOf(row[8])));
  }

  private static Instant instant(@Nullable Object column) {
    return switch (column) {
      case Instant i -> i;
      case OffsetDateTime o -> o.toInstant();
      case null, default -> throw new IllegalStateException("no instant: " + column);
    };
  }

  private static Findings findings(String json) {
    try {
      return JSON.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read findings", e);
    }
  }
}
