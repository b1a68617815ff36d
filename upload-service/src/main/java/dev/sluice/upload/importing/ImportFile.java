package dev.sluice.upload.importing;

import dev.sluice.upload.source.SourceFile;
import dev.sluice.upload.source.StoreObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of table {@code import_file}.
 *
 * @param uploadId of its upload, once that has begun
 * @param sha256 where it is known
 */
public record ImportFile(
    String path,
    String kind,
    int sourceNo,
    SourceFile source,
    String state,
    String reason,
    Optional<UUID> uploadId,
    Optional<String> sha256) {
  private static final int STORE_LINES = 3;

  /** Bytes; -1 while unknown. */
  public long size() {
    return source.size();
  }

  static ImportFile of(Object[] row) {
    SourceFile source =
        new SourceFile(
            (String) row[3],
            ((Number) row[4]).longValue(),
            (String) row[5],
            (Boolean) row[6],
            stored((String) row[7]),
            Optional.ofNullable((String) row[12]));
    return new ImportFile(
        (String) row[0],
        (String) row[1],
        ((Number) row[2]).intValue(),
        source,
        (String) row[8],
        row[9] == null ? "" : (String) row[9],
        Optional.ofNullable((UUID) row[10]),
        Optional.ofNullable((String) row[11]));
  }

  private static Optional<StoreObject> stored(@org.jspecify.annotations.Nullable String lines) {
    List<String> parts = lines == null ? List.of() : lines.lines().toList();
    return parts.size() == STORE_LINES
        ? Optional.of(new StoreObject(parts.get(0), parts.get(1), parts.get(2)))
        : Optional.empty();
  }
}
