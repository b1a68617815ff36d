package dev.sluice.cli.catalog;

import dev.sluice.cli.output.Column;
import dev.sluice.client.Alias;
import java.util.List;

/** What is shown of aliases and tags. */
final class NameColumns {

  static final List<Column<Alias>> LIST =
      List.of(
          Column.of("NAME", Alias::name),
          Column.of("VERSION", Alias::version),
          Column.of("MOVED BY", Alias::movedBy),
          Column.of("MOVED", Alias::movedAt));

  static final List<Column<Alias.Move>> MOVES =
      List.of(
          Column.of("FROM", Alias.Move::from),
          Column.of("TO", Alias.Move::to),
          Column.of("BY", Alias.Move::movedBy),
          Column.of("AT", Alias.Move::movedAt),
          Column.of("REASON", Alias.Move::reason));

  private NameColumns() {}
}
