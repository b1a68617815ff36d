package dev.sluice.upload.archive;

import dev.sluice.upload.archive.ArchiveException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Opens archives; archives in archives stay closed. */
public final class Archives {
  private Archives() {}

  /** Whether the name ends as those of archives that can be expanded do. */
  public static boolean isArchive(String name) {
    return formOf(name).isPresent();
  }

  /**
   * Opens an archive.
   *
   * @param bytes read while files are asked for, except those of a zip, which are copied to a
   *     temporary file first; its own failures pass as they are
   * @param name decides the form; a {@code gz} or {@code zst} of no tar is one file, named without
   *     that ending
   * @throws ArchiveException when it is not an archive or not to be trusted
   */
  public static Archive expand(InputStream bytes, String name, ArchiveLimits limits)
      throws IOException {
    Budget budget = new Budget(name, limits);
    Form form =
        formOf(name).orElseThrow(() -> budget.fault(Fault.UNSUPPORTED, "has no known ending"));
    return switch (form) {
      case ZIP -> ZipArchive.of(bytes, budget, limits.maxBytes());
      case TAR -> new TarArchive(plain(bytes, budget), budget);
      case TAR_GZ -> new TarArchive(Decompression.gzip(bytes, budget), budget);
      case TAR_ZST -> new TarArchive(Decompression.zstd(bytes, budget), budget);
      case GZ -> new SingleFile(inner(name, budget), Decompression.gzip(bytes, budget));
      case ZST -> new SingleFile(inner(name, budget), Decompression.zstd(bytes, budget));
    };
  }

  private static InputStream plain(InputStream bytes, Budget budget) {
    return new CountedStream(
        bytes,
        count -> {
          budget.in(count);
          budget.out(count);
        });
  }

  private static String inner(String name, Budget budget) throws ArchiveException {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return budget.path(last.substring(0, last.lastIndexOf('.')));
  }

  static Optional<Form> formOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(Form.values())
        .filter(form -> endsIn(lower, form.ending) || endsIn(lower, form.other))
        .findFirst();
  }

  private static boolean endsIn(String name, String ending) {
    return name.endsWith(ending) && name.length() > ending.length();
  }

  /** The forms, longest endings first. */
  enum Form {
    TAR_GZ(".tar.gz", ".tgz"),
    TAR_ZST(".tar.zst", ".tzst"),
    TAR(".tar", ".tar"),
    ZIP(".zip", ".zip"),
    GZ(".gz", ".gzip"),
    ZST(".zst", ".zstd");

    private final String ending;
    private final String other;

    Form(String ending, String other) {
      this.ending = ending;
      this.other = other;
    }
  }
}
