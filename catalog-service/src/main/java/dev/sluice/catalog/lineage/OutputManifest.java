package dev.sluice.catalog.lineage;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.events.Fields;
import dev.sluice.support.problem.ProblemException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the winning attempt of a run says it wrote.
 *
 * @param files in the order of their paths, free of conflicts
 * @param rayVersion what it ran on, as it says
 * @param columns of the tables it wrote, as it says
 */
record OutputManifest(
    UUID runId, List<VersionFile> files, @Nullable String rayVersion, List<Column> columns) {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(Raw.class);

  OutputManifest {
    files =
        files.stream()
            .sorted((a, b) -> new FilePath(a.path()).compareTo(new FilePath(b.path())))
            .toList();
    refuseConflicts(files);
    columns = List.copyOf(columns);
  }

  /**
   * Reads the manifest object.
   *
   * @param sha256 64 hex digits that processing-service vouches for
   * @throws Broken when the bytes are others, or do not say a set of files
   */
  static OutputManifest read(byte[] bytes, String sha256) {
    String actual = HexFormat.of().formatHex(sha256().digest(bytes));
    if (!actual.equals(sha256)) {
      throw new Broken("the output manifest has SHA-256 " + actual + ", not " + sha256);
    }
    try {
      Raw raw = JSON.readValue(bytes);
      if (raw == null) {
        throw new Broken("the output manifest is empty");
      }
      return new OutputManifest(raw.runId(), raw.files(), raw.rayVersion(), raw.columns());
    } catch (IOException | IllegalArgumentException | ProblemException e) {
      throw new Broken("the output manifest cannot be read: " + e.getMessage());
    }
  }

  private static void refuseConflicts(List<VersionFile> files) {
    Set<String> paths = new HashSet<>();
    for (VersionFile file : files) {
      if (!paths.add(file.path())) {
        throw new IllegalArgumentException("'" + file.path() + "' is listed twice");
      }
    }
    for (VersionFile file : files) {
      for (String folder : new FilePath(file.path()).ancestors()) {
        if (paths.contains(folder)) {
          throw new IllegalArgumentException("'" + folder + "' is a file and a folder");
        }
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The members of the object that the catalog reads. */
  record Raw(
      UUID runId,
      List<VersionFile> files,
      @Nullable String rayVersion,
      @Nullable List<Column> schema) {
    Raw {
      Fields.required("runId", runId);
      Fields.required("files", files);
    }

    List<Column> columns() {
      return schema == null ? List.of() : schema;
    }
  }

  /** The output is not what the run said; no version can be made of it. */
  static final class Broken extends RuntimeException {
    Broken(String message) {
      super(message, null, false, false);
    }
  }
}
