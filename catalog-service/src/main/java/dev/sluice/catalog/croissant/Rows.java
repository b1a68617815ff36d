package dev.sluice.catalog.croissant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.lineage.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of a version's tables, as a record set with a field for each column it has a type for.
 */
record Rows(List<Column> columns) {
  /** The type of the files that the columns are of. */
  static final String PARQUET = "application/vnd.apache.parquet";

  private static final JsonNodeFactory NEW = JsonNodeFactory.instance;
  private static final String TYPE = "@type";
  private static final String ID = "@id";
  private static final Pattern LIST =
      Pattern.compile("(?:large_|fixed_size_)?list<[^:]*: ([^>]+)>(?:\\[\\d+])?");

  boolean none() {
    return columns.stream().noneMatch(column -> type(column.type()).isPresent());
  }

  /**
   * The record set.
   *
   * @param files the id of the set of files that have the rows
   */
  ObjectNode of(String files) {
    ArrayNode fields = NEW.arrayNode();
    columns.forEach(column -> field(column, files).ifPresent(fields::add));
    ObjectNode rows =
        NEW.objectNode()
            .put(TYPE, "cr:RecordSet")
            .put(ID, "rows")
            .put("name", "rows")
            .put("description", "Rows of the Parquet files");
    rows.set("field", fields);
    return rows;
  }

  private static Optional<ObjectNode> field(Column column, String files) {
    return type(column.type()).map(type -> field(column, type, files));
  }

  private static ObjectNode field(Column column, String type, String files) {
    ObjectNode source = NEW.objectNode();
    source.set("fileSet", NEW.objectNode().put(ID, files));
    source.set("extract", NEW.objectNode().put("column", column.name()));
    ObjectNode field =
        NEW.objectNode()
            .put(TYPE, "cr:Field")
            .put(ID, "rows/" + Croissant.encoded(column.name()))
            .put("name", column.name())
            .put("description", column.type())
            .put("dataType", type);
    if (LIST.matcher(column.type()).matches()) {
      field.put("isArray", true).put("arrayShape", "-1");
    }
    field.set("source", source);
    return field;
  }

  /** Croissant's word for a type of Arrow; none for bytes, structures and lists of lists. */
  static Optional<String> type(String arrow) {
    Matcher list = LIST.matcher(arrow);
    String one = (list.matches() ? list.group(1) : arrow).toLowerCase(Locale.ROOT);
    if (one.equals("string") || one.equals("large_string") || one.equals("string_view")) {
      return Optional.of("sc:Text");
    }
    if (one.matches("u?int(8|16|32|64)")) {
      return Optional.of("sc:Integer");
    }
    if (one.matches("float|double|halffloat|decimal.*")) {
      return Optional.of("sc:Float");
    }
    if (one.equals("bool")) {
      return Optional.of("sc:Boolean");
    }
    if (one.startsWith("timestamp")) {
      return Optional.of("sc:DateTime");
    }
    return one.startsWith("date") ? Optional.of("sc:Date") : Optional.empty();
  }
}
