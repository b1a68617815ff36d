package dev.sluice.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import that is done again and again.
 *
 * @param every ISO 8601
 * @param nextAt when it is due
 */
public record ImportSchedule(
    String id,
    String project,
    String dataset,
    List<String> sources,
    @Nullable String prefix,
    boolean expand,
    String every,
    @Nullable String requestedBy,
    @Nullable Instant createdAt,
    @Nullable Instant nextAt) {

  public ImportSchedule {
    sources = Lists.orEmpty(sources);
  }
}
