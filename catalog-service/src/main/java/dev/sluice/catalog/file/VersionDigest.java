package dev.sluice.catalog.file;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.manifest.Digest;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.regex.Pattern;

/**
 * What a version contains, in one value: the digest of its tree's root (see {@code
 * docs/manifest.md}). Equal digests mean equal content, wherever it lies and however it came.
 */
public record VersionDigest(@JsonValue String value) {
  private static final String ALGORITHM = "sha256:";
  private static final Pattern FORM = Pattern.compile(ALGORITHM + "[0-9a-f]{64}");

  public VersionDigest {
    if (!FORM.matcher(value).matches()) {
      throw InvalidRequest.of("digest", value, "'sha256:' and 64 lower-case hex digits")
          .exception();
    }
  }

  /** The digest of a tree. */
  public static VersionDigest of(Digest root) {
    return new VersionDigest(ALGORITHM + root.hex());
  }

  @Override
  public String toString() {
    return value;
  }
}
