package dev.sluice.upload.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.support.problem.Problem;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.storage.PartUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of the batch steps. */
final class BatchViews {
  private BatchViews() {}

  /**
   * Files of one draft.
   *
   * @param files 1 to 1,000, each path once
   */
  record BatchRequest(
      @Nullable String project,
      @Nullable String dataset,
      @Nullable String version,
      @Nullable List<@Nullable BatchFile> files) {}

  /**
   * A file that is announced.
   *
   * @param size bytes
   * @param sha256 64 lower-case hex digits over the whole content; may be told at the end instead
   * @param crc32c of the whole content: Base64 of four bytes, big-endian; the store then proves it
   */
  record BatchFile(
      @Nullable String path,
      @Nullable Long size,
      @Nullable String sha256,
      @Nullable String crc32c) {}

  /** What became of the files, in their order. */
  record BatchAnswer(List<BatchedFile> files) {}

  /**
   * What became of a file.
   *
   * @param uploadId absent when the file cannot be taken
   * @param state open, verifying, completed or ignored
   * @param deduplicated true when the project holds these bytes under another name, so that this
   *     call made the file of them; absent otherwise, also for a file that was there before
   * @param reason why it is ignored
   * @param part where to PUT a file of one part; absent when nothing is to be sent, and for larger
   *     files, whose addresses get_multipart_url gives
   * @param problem why the file cannot be taken
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BatchedFile(
      String path,
      @Nullable String uploadId,
      @Nullable String state,
      @Nullable Boolean deduplicated,
      @Nullable String reason,
      @Nullable Long partSize,
      @Nullable Integer partCount,
      @Nullable BatchPart part,
      @Nullable BatchProblem problem) {

    static BatchedFile of(
        Upload upload, boolean deduplicated, @Nullable String reason, @Nullable BatchPart part) {
      return new BatchedFile(
          upload.path().value(),
          upload.id().toString(),
          upload.state().label(),
          deduplicated ? true : null,
          reason,
          upload.plan().partSize(),
          upload.plan().partCount(),
          part,
          null);
    }

    static BatchedFile refused(String path, Problem problem) {
      return new BatchedFile(
          path, null, null, null, null, null, null, null, BatchProblem.of(problem));
    }
  }

  /**
   * The only part of a file.
   *
   * @param size bytes
   * @param headers that the PUT must carry; absent when there are none
   * @param expiresAt when the address stops working
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BatchPart(
      int partNumber,
      long size,
      URI url,
      @Nullable Map<String, String> headers,
      Instant expiresAt) {

    static BatchPart of(long size, PartUrl url) {
      return new BatchPart(
          1, size, url.url(), url.headers().isEmpty() ? null : url.headers(), url.expiresAt());
    }
  }

  /** Why one file of many cannot be taken; code and detail are those of the single step. */
  record BatchProblem(String code, String detail) {
    static BatchProblem of(Problem problem) {
      String named =
          problem.errors().isEmpty()
              ? ""
              : " "
                  + problem.errors().getFirst().field()
                  + ": "
                  + problem.errors().getFirst().allowed();
      return new BatchProblem(problem.code(), problem.detail() + named);
    }
  }

  /**
   * Uploads of one project whose only part was PUT.
   *
   * @param uploads 1 to 1,000
   */
  record EndRequest(@Nullable String project, @Nullable List<@Nullable EndedFile> uploads) {}

  /**
   * A file that was PUT.
   *
   * @param sha256 of its content; needed unless it was announced
   * @param etag as the store gave it
   * @param crc32c of its content, where the client knows it
   */
  record EndedFile(
      @Nullable String uploadId,
      @Nullable String sha256,
      @Nullable String etag,
      @Nullable String crc32c) {}

  /** Where the uploads stand now, in the order of the request. */
  record EndAnswer(List<EndedUpload> uploads) {}

  /**
   * Where an upload stands now.
   *
   * @param reason why it is ignored or has failed
   * @param problem why it could not be ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EndedUpload(
      String uploadId,
      @Nullable String state,
      @Nullable String reason,
      @Nullable BatchProblem problem) {}

  /** How many files stand where, by the newest upload of each path. */
  record Summary(Sum open, Sum verifying, Sum completed, Sum ignored, Sum failed, Sum aborted) {
    static Summary of(Map<String, Sum> sums) {
      return new Summary(
          sums.getOrDefault("open", Sum.NONE),
          sums.getOrDefault("verifying", Sum.NONE),
          sums.getOrDefault("completed", Sum.NONE),
          sums.getOrDefault("ignored", Sum.NONE),
          sums.getOrDefault("failed", Sum.NONE),
          sums.getOrDefault("aborted", Sum.NONE));
    }
  }

  /** Files and their bytes. */
  record Sum(long files, long bytes) {
    static final Sum NONE = new Sum(0, 0);
  }
}
