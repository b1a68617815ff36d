package dev.sluice.catalog.erasure;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code erase_content}: a content by its SHA-256, or a file that has it.
 *
 * @param reason why; kept with the name of who asks
 * @param block whether the content is refused from now on; false when absent
 */
record NewErasure(
    @Nullable String sha256,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String path,
    @Nullable String reason,
    @Nullable Boolean block) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST = 2_000;

  /** The digest; null when a file is named instead. */
  @Nullable String checkedSha256() {
    boolean file = dataset != null && version != null && path != null;
    if (sha256 == null && file) {
      return null;
    }
    if (sha256 == null || file || !SHA256.matcher(sha256).matches()) {
      throw InvalidRequest.of(
              "sha256",
              String.valueOf(sha256),
              "64 lower-case hex digits, or dataset, version and path instead")
          .exception();
    }
    return sha256;
  }

  String checkedReason() {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
      throw InvalidRequest.of("reason", String.valueOf(reason), "1 to " + LONGEST + " characters")
          .exception();
    }
    return reason.strip();
  }

  boolean blocks() {
    return Boolean.TRUE.equals(block);
  }
}
