package dev.sluice.catalog.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a file is in a version: segments divided by {@code /}, in Unicode form NFC. Paths compare
 * as their UTF-8 bytes, which is also the order of manifests.
 */
public record FilePath(String value) implements Comparable<FilePath> {
  private static final int LONGEST = 1_024;
  private static final String ALLOWED =
      "segments divided by '/', none empty, '.' or '..', no control characters, at most "
          + LONGEST
          + " bytes";

  public FilePath {
    if (!valid(value)) {
      throw InvalidRequest.of("path", value, ALLOWED).exception();
    }
  }

  /** The path in form NFC; 400 when it is none. */
  public static FilePath of(String text) {
    return new FilePath(Normalizer.normalize(text, Normalizer.Form.NFC));
  }

  /** The folders above, outermost first; none of them may be a file of the same version. */
  public List<String> ancestors() {
    List<String> folders = new ArrayList<>();
    for (int i = value.indexOf('/'); i >= 0; i = value.indexOf('/', i + 1)) {
      folders.add(value.substring(0, i));
    }
    return folders;
  }

  @Override
  public int compareTo(FilePath other) {
    return Arrays.compareUnsigned(value.getBytes(UTF_8), other.value.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean valid(String text) {
    return !text.isEmpty()
        && text.getBytes(UTF_8).length <= LONGEST
        && Normalizer.isNormalized(text, Normalizer.Form.NFC)
        && text.codePoints().noneMatch(FilePath::forbidden)
        && Arrays.stream(text.split("/", -1))
            .noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
  }

  /** Control characters, and halves of surrogate pairs, which UTF-8 cannot say. */
  private static boolean forbidden(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
