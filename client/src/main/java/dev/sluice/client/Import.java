package dev.sluice.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of other places on their way into a dataset.
 *
 * @param version its draft, sealed once it succeeded; null when none was needed
 * @param filesDone files brought and proved
 * @param filesUnchanged files that the dataset had already
 * @param bytesTotal bytes of the files that are to be brought
 * @param code why it failed, for programs
 * @param reason why it failed or was cancelled, for people
 * @param attempt counts from 1
 */
public record Import(
    String id,
    String project,
    String dataset,
    List<String> sources,
    @Nullable String prefix,
    boolean expand,
    @Nullable String version,
    ImportState state,
    long filesTotal,
    long filesDone,
    long filesUnchanged,
    long filesIgnored,
    long filesFailed,
    long bytesTotal,
    long bytesDone,
    @Nullable String code,
    @Nullable String reason,
    int attempt,
    @Nullable String requestedBy,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String schedule) {

  public Import {
    sources = Lists.orEmpty(sources);
  }
}
