package dev.sluice.catalog.alias;

import dev.sluice.catalog.audit.AuditService;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a name is to point.
 *
 * @param version by number, or by another name
 * @param expected what the caller believes an alias points at now, such as {@code v3}
 * @param move moves a tag that marks another version
 */
record NameMove(
    @Nullable String version,
    @Nullable String expected,
    @Nullable Boolean move,
    @Nullable String reason) {
  static final NameMove NONE = new NameMove(null, null, null, null);

  String checkedVersion() {
    if (version == null || version.isBlank()) {
      throw InvalidRequest.of("version", String.valueOf(version), "the version to point at")
          .exception();
    }
    return version;
  }

  @Nullable String checkedReason() {
    return AuditService.reason(reason);
  }

  boolean moves() {
    return Boolean.TRUE.equals(move);
  }
}
