package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Import;
import dev.sluice.client.ImportSchedule;
import dev.sluice.client.ImportedFile;
import java.util.List;

/** What is shown of imports. */
final class ImportColumns {

  static final List<Column<Import>> LIST =
      List.of(
          Column.of("Id", Import::id),
          Column.of("Dataset", Import::dataset),
          Column.of("State", i -> Texts.of(i.state())),
          Column.of("Version", Import::version),
          Column.number("Files", Import::filesDone),
          Column.number("Unchanged", Import::filesUnchanged),
          Column.number("Ignored", Import::filesIgnored),
          Column.of("Created", Import::createdAt),
          Column.of("Why", Import::reason));

  static final List<Column<Import>> ONE =
      List.of(
          Column.of("Id", Import::id),
          Column.of("Dataset", Import::dataset),
          Column.of("Sources", i -> String.join(", ", i.sources())),
          Column.of("State", i -> Texts.of(i.state())),
          Column.of("Version", Import::version),
          Column.number("Files found", Import::filesTotal),
          Column.number("Files brought", Import::filesDone),
          Column.number("Unchanged", Import::filesUnchanged),
          Column.number("Ignored", Import::filesIgnored),
          Column.number("Failed", Import::filesFailed),
          Column.of("Bytes", i -> i.bytesDone() + " of " + i.bytesTotal()),
          Column.of("Why", Import::reason),
          Column.number("Attempt", Import::attempt),
          Column.of("Requested by", Import::requestedBy),
          Column.of("Created", Import::createdAt),
          Column.of("Finished", Import::finishedAt),
          Column.of("Schedule", Import::schedule));

  static final List<Column<ImportedFile>> FILES =
      List.of(
          Column.of("Path", ImportedFile::path),
          Column.number("Size", ImportedFile::size),
          Column.of("State", ImportedFile::state),
          Column.of("Why", ImportedFile::reason));

  static final List<Column<ImportSchedule>> SCHEDULES =
      List.of(
          Column.of("Id", ImportSchedule::id),
          Column.of("Dataset", ImportSchedule::dataset),
          Column.of("Every", ImportSchedule::every),
          Column.of("Next", ImportSchedule::nextAt),
          Column.of("Sources", s -> String.join(", ", s.sources())),
          Column.of("By", ImportSchedule::requestedBy));

  private ImportColumns() {}
}
