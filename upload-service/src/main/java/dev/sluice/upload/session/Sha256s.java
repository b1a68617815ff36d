package dev.sluice.upload.session;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.upload.file.FileContent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes digests out of requests. */
public final class Sha256s {
  private Sha256s() {}

  /**
   * The digest, or none when the request has none.
   *
   * @throws dev.sluice.support.problem.ProblemException 400 when it is something else
   */
  public static Optional<String> of(@Nullable String text) {
    if (text != null && !FileContent.isSha256(text)) {
      throw InvalidRequest.of("sha256", text, FileContent.SHA256_FORM).exception();
    }
    return Optional.ofNullable(text);
  }
}
