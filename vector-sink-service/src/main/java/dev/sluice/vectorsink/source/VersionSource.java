package dev.sluice.vectorsink.source;

import dev.hardwood.InputFile;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The Parquet files of a sealed version, sorted by path.
 *
 * @param opener how the bytes of a file are reached
 */
public record VersionSource(List<SourceFile> files, Function<SourceFile, InputFile> opener) {
  public VersionSource {
    files =
        files.stream()
            .filter(SourceFile::isParquet)
            .sorted(Comparator.comparing(SourceFile::path))
            .toList();
  }

  InputFile open(SourceFile file) {
    return opener.apply(file);
  }
}
