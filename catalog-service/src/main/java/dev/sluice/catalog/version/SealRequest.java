package dev.sluice.catalog.version;

import dev.sluice.catalog.file.VersionDigest;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the caller put into the draft.
 *
 * @param expectedFiles files of the whole version, inherited ones included; required
 * @param digest of the version, where the caller knows it
 * @param reason for those who read the audit
 */
record SealRequest(@Nullable Long expectedFiles, @Nullable String digest, @Nullable String reason) {
  static final SealRequest NONE = new SealRequest(null, null, null);

  long checkedFiles() {
    if (expectedFiles == null || expectedFiles < 1) {
      throw InvalidRequest.of("expectedFiles", String.valueOf(expectedFiles), "1 or more")
          .exception();
    }
    return expectedFiles;
  }

  @Nullable VersionDigest checkedDigest() {
    return digest == null ? null : new VersionDigest(digest);
  }
}
