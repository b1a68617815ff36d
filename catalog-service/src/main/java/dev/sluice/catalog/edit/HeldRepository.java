package dev.sluice.catalog.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.catalog.edit.Edit.Bytes;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code stored_object}, which the files' own repository fills. */
@ApplicationScoped
class HeldRepository {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  /** One object for each of these contents that the project holds. */
  Uni<List<Held>> of(Mutiny.Session session, ProjectScope scope, Collection<Bytes> contents) {
    return session
        .createNativeQuery(
            """
            select distinct on (o.sha256, o.size)
              o.object_key, o.sha256, o.size, o.media_type, o.crc32c
            from jsonb_to_recordset(cast(cast(:contents as text) as jsonb)) as w(
              "sha256" text, "size" bigint)
            join {h-schema}stored_object o
              on o.project = :project and o.sha256 = w."sha256" and o.size = w."size"
                and o.state = 'held'
            order by o.sha256, o.size, o.object_key
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("contents", json(contents))
        .getResultList()
        .map(rows -> rows.stream().map(HeldRepository::held).toList());
  }

  /** Those of the objects that the project holds. */
  Uni<List<Held>> withKeys(Mutiny.Session session, ProjectScope scope, Collection<String> keys) {
    return session
        .createNativeQuery(
            """
            select o.object_key, o.sha256, o.size, o.media_type, o.crc32c
            from {h-schema}stored_object o
            where o.project = :project and o.state = 'held' and o.object_key = any(array(
              select k from jsonb_array_elements_text(cast(cast(:keys as text) as jsonb)) k))
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("keys", json(keys))
        .getResultList()
        .map(rows -> rows.stream().map(HeldRepository::held).toList());
  }

  private static Held held(@Nullable Object[] row) {
    return new Held(
        String.valueOf(row[0]),
        new Bytes(String.valueOf(row[1]), ((Number) row[2]).longValue()),
        String.valueOf(row[3]),
        row[4] instanceof Number crc ? "%08x".formatted(crc.longValue()) : null);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write what is asked for", e);
    }
  }

  /**
   * An object of the project.
   *
   * @param crc32c 8 lower-case hex digits; null when it is not known
   */
  record Held(String objectKey, Bytes content, String mediaType, @Nullable String crc32c) {}
}
