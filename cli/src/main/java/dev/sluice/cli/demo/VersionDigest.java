package dev.sluice.cli.demo;

import dev.sluice.client.FileEntry;
import dev.sluice.client.upload.Checksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The digest of a version, reckoned here from its manifest. */
final class VersionDigest {

  private VersionDigest() {}

  static String of(List<FileEntry> files) throws IOException {
    String text =
        files.stream()
            .sorted(Comparator.comparing(FileEntry::path))
            .map(VersionDigest::line)
            .collect(Collectors.joining());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "sha256:" + Checksum.sha256(new ByteArrayInputStream(bytes));
  }

  private static String line(FileEntry file) {
    return file.path() + "\0" + file.size() + "\0" + file.sha256() + "\0" + file.mediaType() + "\n";
  }
}
