package dev.sluice.processing.output;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of an attempt's output files.
 *
 * @param rows over all files
 * @param bytes over all files
 * @param environment versions of Python, Ray and the libraries that computed it
 * @param counts over all operators; a user's own program may leave them out
 * @param blocks how many there were, and how many an earlier attempt had finished
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record OutputManifest(
    @Nullable UUID runId,
    int attempt,
    @Nullable List<OutputFile> files,
    long rows,
    long bytes,
    @Nullable String rayVersion,
    @Nullable JsonNode environment,
    @Nullable Counts counts,
    @Nullable List<Step> operators,
    @Nullable Quarantine quarantine,
    @Nullable JsonNode blocks) {

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
    if (counts != null && counts.addedUp()) {
      counts.check();
    }
    stepsOrNone().forEach(Step::check);
  }

  private List<Step> stepsOrNone() {
    return operators == null ? List.of() : operators;
  }

  /** Keys of the objects that belong to this output. */
  Set<String> keys() {
    Set<String> keys = new HashSet<>();
    filesOrNone().stream().map(OutputFile::keyOrEmpty).forEach(keys::add);
    if (quarantine != null && quarantine.objectKey() != null) {
      keys.add(quarantine.objectKey());
    }
    return keys;
  }

  /** What the attempt says of its work, without the list of its files. */
  Summary summary() {
    return new Summary(rayVersion, environment, counts, operators, quarantine, blocks);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new OutputInvalid("the output manifest is wrong: " + otherwise);
    }
  }

  /** What is kept of a winner's manifest with its run. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Summary(
      @Nullable String rayVersion,
      @Nullable JsonNode environment,
      @Nullable Counts counts,
      @Nullable List<Step> operators,
      @Nullable Quarantine quarantine,
      @Nullable JsonNode blocks) {}

  /** Rows over all operators. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Counts(
      @Nullable Long in,
      @Nullable Long out,
      @Nullable Long added,
      @Nullable Long dropped,
      @Nullable Long quarantined) {
    /** Programs that know only some of them need not add up. */
    private boolean addedUp() {
      return in != null && out != null && dropped != null;
    }

    private void check() {
      require(
          or0(in) + or0(added) == or0(out) + or0(dropped) + or0(quarantined),
          "its counts do not add up: " + this);
    }
  }

  /**
   * Rows of one operator.
   *
   * @param reasons why rows were dropped, and how many for each
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Step(
      @Nullable String operator,
      long rowsIn,
      long added,
      long rowsOut,
      long dropped,
      @Nullable Map<String, Long> reasons,
      long quarantined) {
    private void check() {
      require(
          rowsIn + added == rowsOut + dropped + quarantined,
          "the counts of " + operator + " do not add up: " + this);
    }
  }

  /** Rows that could not be treated, and the object that holds them. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Quarantine(long rows, @Nullable String objectKey) {}

  private static long or0(@Nullable Long count) {
    return count == null ? 0 : count;
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
