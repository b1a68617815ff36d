package dev.sluice.catalog.dataset;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Lists of living datasets from table {@code dataset}. */
@ApplicationScoped
class DatasetListRepository {
  private static final String COLUMNS =
      """
      d.id, d.project, d.name, d.data_type, d.display_name, d.application_scenario, d.description,
      d.tags, d.licence, d.creator, d.created_at, d.changed_at, d.revision, d.last_number,
      d.latest_number, d.deleted_at, d.deleted_by
      """;

  Uni<List<Dataset>> page(
      Mutiny.Session session,
      ProjectScope scope,
      DatasetFilter filter,
      DatasetOrder order,
      Optional<DatasetPosition> after,
      int limit) {
    Map<String, Object> values = new LinkedHashMap<>();
    String where = conditions(filter, values) + behind(order, after, values);
    String way = order.descending() ? " desc" : "";
    String sql =
        "select "
            + COLUMNS
            + " from {h-schema}dataset d where d.project = :project and d.deleted_at is null"
            + where
            + " order by "
            + column(order).map(c -> c + way + ", ").orElse("")
            + "d.name"
            + way
            + " limit :limit";
    var query =
        session
            .createNativeQuery(sql, DatasetEntity.class)
            .setParameter("project", scope.project())
            .setParameter("limit", limit);
    values.forEach(query::setParameter);
    return query.getResultList().map(rows -> rows.stream().map(DatasetEntity::toDataset).toList());
  }

  private static String conditions(DatasetFilter filter, Map<String, Object> values) {
    StringBuilder sql = new StringBuilder();
    DataType type = filter.dataType();
    equal(sql, values, "d.data_type", "type", type == null ? null : type.text());
    equal(sql, values, "d.application_scenario", "scenario", filter.scenario());
    equal(sql, values, "d.creator", "creator", filter.creator());
    equal(sql, values, "d.licence", "licence", filter.licence());
    if (!filter.tags().isEmpty()) {
      sql.append(" and d.tags @> string_to_array(:tags, chr(10))");
      values.put("tags", String.join("\n", filter.tags()));
    }
    String text = filter.text();
    if (text != null && !text.isBlank()) {
      sql.append(
          """
           and d.words @@
            (websearch_to_tsquery('simple', lower(cast(:text as text) collate "pg_c_utf8"))
              || websearch_to_tsquery('english', lower(cast(:text as text) collate "pg_c_utf8")))
          """);
      values.put("text", text);
    }
    return sql.toString();
  }

  private static void equal(
      StringBuilder sql,
      Map<String, Object> values,
      String column,
      String name,
      @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      sql.append(" and ").append(column).append(" = :").append(name);
      values.put(name, value);
    }
  }

  private static String behind(
      DatasetOrder order, Optional<DatasetPosition> after, Map<String, Object> values) {
    if (after.isEmpty()) {
      return "";
    }
    DatasetPosition position = after.orElseThrow();
    values.put("name", position.name());
    String compare = order.descending() ? " < " : " > ";
    return switch (order.key()) {
      case NAME -> " and d.name" + compare + ":name";
      case CREATED, CHANGED -> {
        values.put("position", at(position.value()));
        yield " and (" + column(order).orElseThrow() + ", d.name)" + compare + "(:position, :name)";
      }
      case DISPLAY_NAME -> {
        values.put("position", position.value());
        yield " and ("
            + column(order).orElseThrow()
            + ", d.name)"
            + compare
            + "(lower(cast(:position as text) collate \"pg_c_utf8\"), :name)";
      }
    };
  }

  private static Optional<String> column(DatasetOrder order) {
    return switch (order.key()) {
      case NAME -> Optional.empty();
      case CREATED -> Optional.of("d.created_at");
      case CHANGED -> Optional.of("d.changed_at");
      case DISPLAY_NAME -> Optional.of("lower(d.display_name collate \"pg_c_utf8\")");
    };
  }

  private static OffsetDateTime at(String instant) {
    return OffsetDateTime.ofInstant(Instant.parse(instant), ZoneOffset.UTC);
  }
}
