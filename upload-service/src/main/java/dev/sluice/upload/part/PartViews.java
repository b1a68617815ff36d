package dev.sluice.upload.part;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.storage.PartUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the part steps. */
final class PartViews {
  private PartViews() {}

  /**
   * A part in the store.
   *
   * @param size bytes
   * @param etag as the store gave it
   */
  record Chunk(int partNumber, long size, @Nullable String etag) {}

  /**
   * What the store has of a file.
   *
   * @param uploadId empty for a file that is not on its way
   * @param state null for such a file
   * @param done the identical file is stored and proved
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Chunks(
      String uploadId,
      @Nullable String state,
      boolean done,
      long partSize,
      int partCount,
      List<Chunk> chunks) {

    static Chunks ofNew(PartPlan plan) {
      return new Chunks("", null, false, plan.partSize(), plan.partCount(), List.of());
    }

    static Chunks of(Upload upload, boolean done, List<StoredPart> parts) {
      return new Chunks(
          upload.id().toString(),
          upload.state().label(),
          done,
          upload.plan().partSize(),
          upload.plan().partCount(),
          parts.stream().map(p -> new Chunk(p.partNumber(), p.size(), p.etag())).toList());
    }
  }

  /** Which parts an address is wanted for; at most 10,000. */
  record UrlsRequest(@Nullable List<@Nullable Integer> partNumbers) {}

  /**
   * Where to PUT a part.
   *
   * @param size bytes the part must have
   * @param url absent when the part is stored already
   * @param completed whether the part is stored already
   * @param expiresAt when the address stops working
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UrlView(
      int partNumber,
      long size,
      @Nullable URI url,
      boolean completed,
      @Nullable Instant expiresAt) {

    static UrlView stored(int partNumber, long size) {
      return new UrlView(partNumber, size, null, true, null);
    }

    static UrlView open(int partNumber, long size, PartUrl url) {
      return new UrlView(partNumber, size, url.url(), false, url.expiresAt());
    }
  }

  /** Addresses, in the order they were asked for. */
  record Urls(List<UrlView> urls) {}

  /** Parts that the client has PUT. */
  record ProgressRequest(@Nullable List<@Nullable Chunk> chunks) {}

  /** How much of the file is known to be in the store. */
  record Progress(int partsDone, int partsTotal, long bytesDone, long bytesTotal) {}
}
