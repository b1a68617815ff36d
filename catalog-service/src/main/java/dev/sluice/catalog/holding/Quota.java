package dev.sluice.catalog.holding;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes owners want their project to hold at most.
 *
 * @param bytes null for no limit but the administrator's
 */
record Quota(@Nullable Long bytes, @Nullable String reason) {
  static final Quota NONE = new Quota(null, null);

  /** The bytes; 400 when negative or above what the administrator allows. */
  @Nullable Long checked(@Nullable Long ceiling) {
    AuditService.reason(reason);
    if (bytes != null && (bytes < 0 || (ceiling != null && bytes > ceiling))) {
      throw InvalidRequest.of(
              "bytes", bytes, ceiling == null ? "0 or more" : "0 to " + ceiling + " (sluice.quota)")
          .exception();
    }
    return bytes;
  }

  /**
   * What a project holds and may hold.
   *
   * @param objects files that are stored once, however many versions have them
   * @param quotaBytes what is checked; absent for no limit
   * @param ownersBytes what owners set
   * @param administratorsBytes what the settings allow
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Usage(
      long objects,
      long bytes,
      @Nullable Long quotaBytes,
      @Nullable Long ownersBytes,
      @Nullable Long administratorsBytes) {}
}
