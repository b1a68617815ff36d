package dev.sluice.processing.automation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table template. */
@ApplicationScoped
class TemplateRepository {
  private static final String COLUMNS =
      "t.project, t.name, t.number, t.manifest, t.parameters, t.created_by, t.created_at";
  private static final TypeReference<List<Parameter>> PARAMETERS = new TypeReference<>() {};

  private final ObjectMapper json;

  TemplateRepository(ObjectMapper json) {
    this.json = json;
  }

  /** Keeps others who write this template out until the end of the transaction. */
  Uni<Void> lock(Mutiny.Session session, ProjectScope scope, String name) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .setParameter("lock", "template/" + scope.project() + "/" + name)
        .getResultList()
        .replaceWithVoid();
  }

  Uni<Void> insert(Mutiny.Session session, ProjectScope scope, Template template) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}template
              (project, name, number, manifest, parameters, created_by, created_at)
            values (:project, :name, :number, :manifest, :parameters, :by, :at)
            """)
        .setParameter("project", scope.project())
        .setParameter("name", template.name())
        .setParameter("number", template.number())
        .setParameter("manifest", template.manifest().toString())
        .setParameter("parameters", write(template.parameters()))
        .setParameter("by", template.createdBy())
        .setParameter("at", OffsetDateTime.ofInstant(template.createdAt(), ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The template of that number; the newest when there is none. */
  Uni<Optional<Template>> find(
      Mutiny.Session session, ProjectScope scope, String name, @Nullable Integer number) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}template t
                where t.project = :project and t.name = :name
                  and (:number = 0 or t.number = :number)
                order by t.number desc limit 1
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("name", name)
        .setParameter("number", number == null ? 0 : number)
        .getResultList()
        .map(rows -> rows.stream().map(this::toTemplate).findFirst());
  }

  /** The newest of each template, by name. */
  Uni<List<Template>> list(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}template t
                where t.project = :project and t.number = (
                  select max(n.number) from {h-schema}template n
                  where n.project = t.project and n.name = t.name)
                order by t.name limit 1000
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .getResultList()
        .map(rows -> rows.stream().map(this::toTemplate).toList());
  }

  /** Removes all numbers of a template; 0 when there were none. */
  Uni<Integer> delete(Mutiny.Session session, ProjectScope scope, String name) {
    return session
        .createNativeQuery(
            "delete from {h-schema}template where project = :project and name = :name")
        .setParameter("project", scope.project())
        .setParameter("name", name)
        .executeUpdate();
  }

  private Template toTemplate(@Nullable Object[] row) {
    return new Template(
        String.valueOf(row[0]),
        String.valueOf(row[1]),
        ((Number) Objects.requireNonNull(row[2])).intValue(),
        tree(String.valueOf(row[3])),
        parameters(String.valueOf(row[4])),
        String.valueOf(row[5]),
        row[6] instanceof OffsetDateTime at
            ? at.toInstant()
            : (Instant) Objects.requireNonNull(row[6]));
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored manifest cannot be read", e);
    }
  }

  private List<Parameter> parameters(String text) {
    try {
      return json.readValue(text, PARAMETERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored parameters cannot be read", e);
    }
  }

  private String write(List<Parameter> parameters) {
    try {
      return json.writeValueAsString(parameters);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
