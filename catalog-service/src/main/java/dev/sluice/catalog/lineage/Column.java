package dev.sluice.catalog.lineage;

import dev.sluice.events.Fields;

/**
 * A column of the tables that a run wrote.
 *
 * @param type as Arrow names it, such as {@code string} or {@code list<item: float>}
 */
public record Column(String name, String type) {
  public Column {
    Fields.required("name", name);
    Fields.required("type", type);
  }
}
