package dev.sluice.upload.batch;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.batch.BatchViews.EndRequest;
import dev.sluice.upload.batch.BatchViews.EndedFile;
import dev.sluice.upload.file.Crc32c;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.ledger.UploadId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that were PUT, by their upload. */
record Ending(Map<UploadId, Put> files) {
  private static final int MOST_ERRORS = 100;
  private static final Pattern ETAG = Pattern.compile("\"?[!#-~]{1,256}\"?");

  /**
   * From a request.
   *
   * @throws dev.sluice.support.problem.ProblemException 400 naming fields at fault
   */
  static Ending of(EndRequest request) {
    List<@Nullable EndedFile> uploads = request.uploads();
    int count = uploads == null ? 0 : uploads.size();
    if (uploads == null || count < 1 || count > Batch.MOST) {
      throw InvalidRequest.of("uploads", count + " elements", "1 to " + Batch.MOST + " elements")
          .exception();
    }
    Map<UploadId, Put> files = new LinkedHashMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (EndedFile file : uploads) {
      UUID id = file == null ? null : uuid(file.uploadId());
      if (file == null || id == null) {
        errors.add(
            new FieldError(
                "uploadId", file == null ? null : file.uploadId(), "the id of an upload"));
      } else {
        check(file, errors);
        files.put(
            new UploadId(id),
            new Put(
                Optional.ofNullable(file.sha256()),
                String.valueOf(file.etag()),
                Optional.ofNullable(file.crc32c())));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors.subList(0, Math.min(errors.size(), MOST_ERRORS))).exception();
    }
    return new Ending(files);
  }

  private static void check(EndedFile file, List<FieldError> errors) {
    if (file.sha256() != null && !FileContent.isSha256(file.sha256())) {
      errors.add(new FieldError("sha256", file.sha256(), FileContent.SHA256_FORM));
    }
    if (file.etag() == null || !ETAG.matcher(file.etag()).matches() || file.etag().contains(",")) {
      errors.add(new FieldError("etag", file.etag(), "the ETag that the store answered"));
    }
    if (file.crc32c() != null && !Crc32c.isCrc32c(file.crc32c())) {
      errors.add(new FieldError("crc32c", file.crc32c(), Crc32c.FORM));
    }
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What the client says of its PUT. */
  record Put(Optional<String> sha256, String etag, Optional<String> crc32c) {}
}
