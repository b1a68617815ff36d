package dev.sluice.vectorsink.source;

import dev.hardwood.HardwoodContext;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.vectorsink.VectorSinkProblem.UnusableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a version in a fixed order (files by path, rows as they stand), from any position;
 * blocking and for one thread at a time. Rows without text are passed over.
 */
public final class VersionRows implements AutoCloseable {
  private final VersionSource source;
  private final String textColumn;
  private final HardwoodContext hardwood;
  private VersionPosition position;
  private @Nullable ParquetFileReader file;
  private @Nullable RowReader rows;
  private @Nullable TextColumns columns;

  VersionRows(
      VersionSource source, String textColumn, VersionPosition from, HardwoodContext hardwood) {
    this.source = source;
    this.textColumn = textColumn;
    this.hardwood = hardwood;
    this.position = from;
  }

  /** Up to {@code most} rows; fewer only at the end, where none are left. */
  public List<TextRow> next(int most) {
    List<TextRow> batch = new ArrayList<>(most);
    while (batch.size() < most && position.file() < source.files().size()) {
      TextRow row = step();
      if (row != null) {
        batch.add(row);
      }
    }
    return batch;
  }

  /** Where the next call of {@link #next} goes on. */
  public VersionPosition position() {
    return position;
  }

  /** Whether all rows were returned. */
  public boolean atEnd() {
    return position.file() >= source.files().size();
  }

  private @Nullable TextRow step() {
    RowReader reader = rows == null ? open() : rows;
    if (!reader.hasNext()) {
      close();
      position = position.nextFile();
      return null;
    }
    reader.next();
    position = position.nextRow();
    TextColumns reading = columns;
    return reading == null ? null : reading.read(reader);
  }

  private RowReader open() {
    SourceFile next = source.files().get(position.file());
    try {
      ParquetFileReader opened = ParquetFileReader.open(source.open(next), hardwood);
      file = opened;
      columns = TextColumns.of(next, textColumn, opened.getFileSchema());
      RowReader reader =
          opened.buildRowReader().projection(columns.projection()).skip(position.row()).build();
      rows = reader;
      return reader;
    } catch (IOException e) {
      throw unusable(next, e);
    }
  }

  /** What Hardwood says about a file; a store that is away has said so itself. */
  private static RuntimeException unusable(SourceFile file, IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException known) {
        return known;
      }
    }
    return new UnusableSource(
            "File '" + file.path() + "' cannot be read as Parquet: " + failure.getMessage())
        .exception();
  }

  @Override
  public void close() {
    RowReader openRows = rows;
    ParquetFileReader openFile = file;
    rows = null;
    file = null;
    columns = null;
    if (openRows != null) {
      openRows.close();
    }
    if (openFile != null) {
      closeFile(openFile);
    }
  }

  private static void closeFile(ParquetFileReader open) {
    try {
      open.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
