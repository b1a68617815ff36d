package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A version's manifest on its way in.
 *
 * @param digest of the version, as the service put it into the ETag
 * @param lines a JSON document per file, sorted by path
 */
public record ManifestLines(Optional<String> digest, Stream<String> lines)
    implements AutoCloseable {

  public ManifestLines {
    digest = digest.map(tag -> tag.replace("\"", ""));
  }

  /** The lines as files; consumes them. */
  public Stream<FileEntry> files() {
    return lines
        .filter(line -> !line.isBlank())
        .map(line -> Json.read(line, new TypeReference<FileEntry>() {}));
  }

  @Override
  public void close() {
    lines.close();
  }
}
