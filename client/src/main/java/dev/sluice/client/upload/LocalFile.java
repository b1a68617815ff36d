package dev.sluice.client.upload;

import java.nio.file.Path;
import java.text.Normalizer;

/**
 * A file here and the path it gets in the version: forward slashes, Unicode in composed form (NFC),
 * so that the same name from any system is the same path.
 */
public record LocalFile(Path source, String path) {

  public LocalFile {
    path = Normalizer.normalize(path.replace('\\', '/'), Normalizer.Form.NFC);
    if (path.isBlank() || path.startsWith("/")) {
      throw new IllegalArgumentException("a file's path must be relative, not '" + path + "'");
    }
  }
}
