package dev.sluice.processing.output;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of an attempt's output files.
 *
 * @param rows over all files
 * @param bytes over all files
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record OutputManifest(
    @Nullable UUID runId, int attempt, @Nullable List<OutputFile> files, long rows, long bytes) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  List<OutputFile> filesOrNone() {
    return files == null ? List.of() : files;
  }

  /** Refuses a list that is not of this attempt or that contradicts itself. */
  void check(ExpectedOutput expected) {
    require(expected.runId().equals(runId), "it is of run " + runId);
    require(attempt == expected.attempt(), "it is of attempt " + attempt);
    require(files != null, "it has no list of files");
    Set<String> paths = new HashSet<>();
    long sumOfBytes = 0;
    for (OutputFile file : filesOrNone()) {
      file.check(expected.keyPrefix());
      require(paths.add(String.valueOf(file.path())), "it names " + file.path() + " twice");
      sumOfBytes += file.size();
    }
    require(bytes == sumOfBytes, "its bytes " + bytes + " are not the sum " + sumOfBytes);
    require(rows >= 0, "it has " + rows + " rows");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new OutputInvalid("the output manifest is wrong: " + otherwise);
    }
  }

  /** One file of the output. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record OutputFile(
      @Nullable String path,
      @Nullable String objectKey,
      long size,
      @Nullable String sha256,
      @Nullable String mediaType) {

    String keyOrEmpty() {
      return objectKey == null ? "" : objectKey;
    }

    private void check(String keyPrefix) {
      require(path != null && !path.isBlank() && !path.startsWith("/"), "a path is " + path);
      require(
          keyOrEmpty().startsWith(keyPrefix) && !keyOrEmpty().contains("/../"),
          "object " + objectKey + " is not below " + keyPrefix);
      require(size >= 0, path + " has size " + size);
      require(sha256 != null && SHA256.matcher(sha256).matches(), path + " has SHA-256 " + sha256);
      require(mediaType != null && !mediaType.isBlank(), path + " has no media type");
    }
  }
}
