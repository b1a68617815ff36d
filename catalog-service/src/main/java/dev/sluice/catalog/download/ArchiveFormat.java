package dev.sluice.catalog.download;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** The archives that can be asked for. */
enum ArchiveFormat {
  ZIP("zip", "application/zip"),
  TAR("tar", "application/x-tar");

  private final String text;
  private final String mediaType;

  ArchiveFormat(String text, String mediaType) {
    this.text = text;
    this.mediaType = mediaType;
  }

  /** A zip unless something else is asked for; 400 when it is none of these. */
  static ArchiveFormat of(@Nullable String text) {
    if (text == null || text.isEmpty() || text.equals(ZIP.text)) {
      return ZIP;
    }
    if (text.equals(TAR.text)) {
      return TAR;
    }
    throw InvalidRequest.of("format", text, "zip or tar").exception();
  }

  String mediaType() {
    return mediaType;
  }

  String fileName(String dataset, String version) {
    return dataset + "-" + version + "." + text;
  }

  ArchiveWriter writer() {
    return switch (this) {
      case ZIP -> new ZipWriter();
      case TAR -> new TarWriter();
    };
  }
}
