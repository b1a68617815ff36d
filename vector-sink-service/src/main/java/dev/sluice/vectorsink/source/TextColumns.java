package dev.sluice.vectorsink.source;

import dev.hardwood.row.FieldAccessor;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import dev.sluice.vectorsink.VectorSinkProblem.UnusableSource;
import dev.sluice.vectorsink.embedding.TextDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one Parquet file that make a row of text. Only the text column must be there: a
 * row without a key is known by its file and its text.
 */
final class TextColumns {
  private static final String RECORD_KEY = "record_key";
  private static final String CHUNK_NO = "chunk_no";
  private static final String PATH = "path";
  private static final String SOURCE_SHA256 = "source_sha256";

  private final SourceFile file;
  private final String textColumn;
  private final Set<String> present;

  private TextColumns(SourceFile file, String textColumn, Set<String> present) {
    this.file = file;
    this.textColumn = textColumn;
    this.present = present;
  }

  static TextColumns of(SourceFile file, String textColumn, FileSchema schema) {
    Set<String> names =
        schema.getRootNode().children().stream()
            .map(SchemaNode::name)
            .collect(Collectors.toUnmodifiableSet());
    if (!names.contains(textColumn)) {
      throw new UnusableSource(
              "File '"
                  + file.path()
                  + "' has no column '"
                  + textColumn
                  + "'; it has "
                  + names.stream().sorted().collect(Collectors.joining(", "))
                  + ".")
          .exception();
    }
    return new TextColumns(file, textColumn, names);
  }

  ColumnProjection projection() {
    return ColumnProjection.columns(
        List.of(textColumn, RECORD_KEY, CHUNK_NO, PATH, SOURCE_SHA256).stream()
            .filter(present::contains)
            .distinct()
            .toArray(String[]::new));
  }

  /** The row, or null when it has no text. */
  @Nullable TextRow read(FieldAccessor row) {
    String text = row.isNull(textColumn) ? null : row.getString(textColumn);
    if (text == null || text.isBlank()) {
      return null;
    }
    String digest = TextDigest.of(text);
    String path = text(row, PATH, file.path());
    return new TextRow(
        text(row, RECORD_KEY, path + "#" + digest),
        chunkNo(row),
        text,
        digest,
        path,
        text(row, SOURCE_SHA256, file.sha256()));
  }

  private String text(FieldAccessor row, String column, String otherwise) {
    if (!present.contains(column) || row.isNull(column)) {
      return otherwise;
    }
    String value = row.getString(column);
    return value == null ? otherwise : value;
  }

  private int chunkNo(FieldAccessor row) {
    return present.contains(CHUNK_NO)
            && !row.isNull(CHUNK_NO)
            && row.getValue(CHUNK_NO) instanceof Number number
        ? number.intValue()
        : 0;
  }
}
