package dev.sluice.catalog.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The canonical manifest: one JSON object per file in a fixed order of members, sorted by path. Its
 * writer is of its own, so that no setting of the service changes a byte of it.
 */
public final class ManifestLines {
  private static final ObjectWriter LINE =
      JsonMapper.builder().build().writerFor(VersionFile.class);

  private ManifestLines() {}

  /** Lines divided by LF, without one behind the last. */
  public static byte[] of(List<VersionFile> files) {
    return files.stream()
        .map(ManifestLines::line)
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }

  private static String line(VersionFile file) {
    try {
      return LINE.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the line of " + file.path(), e);
    }
  }
}
