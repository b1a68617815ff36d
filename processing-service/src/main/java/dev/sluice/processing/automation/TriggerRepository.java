package dev.sluice.processing.automation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.processing.automation.Trigger.Kind;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table run_trigger. */
@ApplicationScoped
class TriggerRepository {
  private static final String COLUMNS =
      """
      t.id, t.project, t.name, t.kind, t.dataset, t.cron, t.zone, t.template, t.template_number,
      t.arguments, t.paused, t.created_by, t.created_at, t.next_at
      """;
  private static final TypeReference<Map<String, JsonNode>> VALUES = new TypeReference<>() {};

  private final ObjectMapper json;

  TriggerRepository(ObjectMapper json) {
    this.json = json;
  }

  /** Writes a trigger down; false when its project has one of that name. */
  Uni<Boolean> insert(Mutiny.Session session, ProjectScope scope, Trigger trigger) {
    return bound(
            session
                .createNativeQuery(
                    """
                    insert into {h-schema}run_trigger (id, project, name, kind, dataset, cron, zone,
                      template, template_number, arguments, paused, created_by, created_at, next_at)
                    values (:id, :project, :name, :kind, :dataset, :cron, :zone, :template,
                      nullif(:number, 0), :arguments, false, :by, :at,
                      cast(nullif(:next, '') as timestamptz))
                    on conflict (project, name) do nothing
                    """)
                .setParameter("at", at(trigger.createdAt())),
            scope,
            trigger)
        .executeUpdate()
        .map(rows -> rows > 0);
  }

  /** Gives a trigger other fields; it is the caller's from now on. */
  Uni<Integer> update(Mutiny.Session session, ProjectScope scope, Trigger trigger) {
    return bound(
            session.createNativeQuery(
                """
                update {h-schema}run_trigger
                set name = :name, kind = :kind, dataset = :dataset, cron = :cron, zone = :zone,
                  template = :template, template_number = nullif(:number, 0),
                  arguments = :arguments, created_by = :by,
                  next_at = cast(nullif(:next, '') as timestamptz)
                where id = :id and project = :project
                """),
            scope,
            trigger)
        .executeUpdate();
  }

  private Mutiny.MutationQuery bound(
      Mutiny.MutationQuery query, ProjectScope scope, Trigger trigger) {
    return query
        .setParameter("id", trigger.id())
        .setParameter("project", scope.project())
        .setParameter("name", trigger.name())
        .setParameter("kind", trigger.kind().text())
        .setParameter("dataset", trigger.dataset())
        .setParameter("cron", trigger.cron())
        .setParameter("zone", trigger.zone())
        .setParameter("template", trigger.template())
        .setParameter("number", Objects.requireNonNullElse(trigger.templateNumber(), 0))
        .setParameter("arguments", write(trigger.values()))
        .setParameter("by", trigger.createdBy())
        .setParameter("next", trigger.nextAt() == null ? "" : trigger.nextAt().toString());
  }

  /** Stops or starts a trigger. */
  Uni<Integer> pause(Mutiny.Session session, ProjectScope scope, Trigger trigger, boolean paused) {
    return session
        .createNativeQuery(
            """
            update {h-schema}run_trigger
            set paused = :paused, next_at = cast(nullif(:next, '') as timestamptz)
            where id = :id and project = :project
            """)
        .setParameter("paused", paused)
        .setParameter("next", trigger.nextAt() == null ? "" : trigger.nextAt().toString())
        .setParameter("id", trigger.id())
        .setParameter("project", scope.project())
        .executeUpdate();
  }

  Uni<Integer> delete(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery(
            "delete from {h-schema}run_trigger where id = :id and project = :project")
        .setParameter("id", id)
        .setParameter("project", scope.project())
        .executeUpdate();
  }

  Uni<Optional<Trigger>> findAnyProject(Mutiny.Session session, UUID id) {
    return session
        .createNativeQuery(
            "select " + COLUMNS + " from {h-schema}run_trigger t where t.id = :id", Object[].class)
        .setParameter("id", id)
        .getResultList()
        .map(rows -> rows.stream().map(this::toTrigger).findFirst());
  }

  /** The triggers of a project, by name. */
  Uni<List<Trigger>> list(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + " from {h-schema}run_trigger t where t.project = :project order by t.name"
                + " limit 1000",
            Object[].class)
        .setParameter("project", scope.project())
        .getResultList()
        .map(this::toTriggers);
  }

  /** Names of the triggers that run a template. */
  Uni<List<String>> ofTemplate(Mutiny.Session session, ProjectScope scope, String template) {
    return session
        .createNativeQuery(
            """
            select name from {h-schema}run_trigger
            where project = :project and template = :template order by name
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("template", template)
        .getResultList();
  }

  /** The triggers of a project that wait for such an event and did so when it happened. */
  Uni<List<Trigger>> waiting(
      Mutiny.Session session, ProjectScope scope, Kind kind, Instant occurredAt) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}run_trigger t
                where t.project = :project and t.kind = :kind and not t.paused
                  and t.created_at <= :at
                order by t.name
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("kind", kind.text())
        .setParameter("at", at(occurredAt))
        .getResultList()
        .map(this::toTriggers);
  }

  /** Schedules that are due; no other replica gets them before the transaction ends. */
  Uni<List<Trigger>> dueAnyProject(Mutiny.Session session, int limit) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}run_trigger t
                where t.next_at <= now() and not t.paused
                order by t.next_at limit :limit for update skip locked
                """,
            Object[].class)
        .setParameter("limit", limit)
        .getResultList()
        .map(this::toTriggers);
  }

  private List<Trigger> toTriggers(List<Object[]> rows) {
    return rows.stream().map(this::toTrigger).toList();
  }

  private Trigger toTrigger(@Nullable Object[] row) {
    return new Trigger(
        (UUID) Objects.requireNonNull(row[0]),
        String.valueOf(row[1]),
        String.valueOf(row[2]),
        Kind.of(String.valueOf(row[3])),
        String.valueOf(row[4]),
        String.valueOf(row[5]),
        String.valueOf(row[6]),
        String.valueOf(row[7]),
        row[8] == null ? null : ((Number) Objects.requireNonNull(row[8])).intValue(),
        read(String.valueOf(row[9])),
        Boolean.TRUE.equals(row[10]),
        String.valueOf(row[11]),
        instant(Objects.requireNonNull(row[12])),
        row[13] == null ? null : instant(Objects.requireNonNull(row[13])));
  }

  private Map<String, JsonNode> read(String text) {
    try {
      return json.readValue(text, VALUES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored values cannot be read", e);
    }
  }

  private String write(Map<String, JsonNode> values) {
    try {
      return json.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
