package dev.sluice.upload.importing;

import dev.sluice.upload.archive.ArchiveException;
import dev.sluice.upload.source.SourceException;
import java.util.Locale;

/** Why an import cannot go on; a person is told, and a retry may help. */
final class ImportFault extends RuntimeException {
  private final String code;

  ImportFault(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static ImportFault of(SourceException failure) {
    String kind =
        switch (failure) {
          case SourceException.Refused e -> "refused";
          case SourceException.Unreachable e -> "unreachable";
          case SourceException.Gone e -> "gone";
          case SourceException.Changed e -> "changed";
          case SourceException.TooLarge e -> "too-large";
          case SourceException.Invalid e -> "invalid";
        };
    return new ImportFault("source-" + kind, String.valueOf(failure.getMessage()));
  }

  static ImportFault of(ArchiveException failure) {
    String kind = failure.fault().name().toLowerCase(Locale.ROOT);
    return new ImportFault("archive-" + kind, String.valueOf(failure.getMessage()));
  }

  /** Short, for programs. */
  String code() {
    return code;
  }
}
