package dev.sluice.upload.source;

import dev.sluice.upload.file.FilePath;
import java.util.Optional;

/**
 * Which files of a source are taken.
 *
 * @param glob all when empty
 */
record ListLimits(Optional<Glob> glob, int maxFiles, long maxFileSize) {

  boolean wants(String path) {
    return glob.map(g -> g.matches(path)).orElse(true);
  }

  /**
   * The normalised path.
   *
   * @throws SourceException.Invalid when no version takes it
   */
  String path(String text, String shown) throws SourceException.Invalid {
    Optional<String> fault = FilePath.faultOf(text);
    if (fault.isPresent()) {
      throw new SourceException.Invalid(
          "%s: wanted is %s; rename it or leave it out by a glob"
              .formatted(shown, fault.orElseThrow()));
    }
    return FilePath.of(text).value();
  }

  void checkSize(String shown, long size) throws SourceException.TooLarge {
    if (size > maxFileSize) {
      throw new SourceException.TooLarge(
          "%s: %d bytes, at most %d are taken".formatted(shown, size, maxFileSize));
    }
  }

  void checkCount(int files) throws SourceException.TooLarge {
    if (files > maxFiles) {
      throw new SourceException.TooLarge("more than " + maxFiles + " files");
    }
  }
}
