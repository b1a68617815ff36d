package dev.sluice.upload.part;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.storage.PartUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of the part steps. */
final class PartViews {
  private PartViews() {}

  /**
   * A part in the store.
   *
   * @param size bytes
   * @param etag as the store gave it
   * @param crc32c CRC-32C of its bytes: Base64 of four bytes, big-endian; absent when nobody told
   *     it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Chunk(int partNumber, long size, @Nullable String etag, @Nullable String crc32c) {}

  /**
   * What the store has of a file.
   *
   * @param uploadId empty for a file that is not on its way
   * @param state null for such a file
   * @param done the identical file is stored and proved
   * @param sha256 what is known of the content; absent when nobody told it yet
   * @param sizeHeld whether the project holds a file of this size, so that it pays to tell the
   *     SHA-256 first: content that is held costs no bytes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Chunks(
      String uploadId,
      @Nullable String state,
      boolean done,
      @Nullable String sha256,
      boolean sizeHeld,
      long partSize,
      int partCount,
      List<Chunk> chunks) {

    static Chunks ofNew(PartPlan plan, boolean sizeHeld) {
      return new Chunks(
          "", null, false, null, sizeHeld, plan.partSize(), plan.partCount(), List.of());
    }

    static Chunks of(Upload upload, boolean done, List<StoredPart> parts) {
      return new Chunks(
          upload.id().toString(),
          upload.state().label(),
          done,
          upload.content().sha256().orElse(null),
          false,
          upload.plan().partSize(),
          upload.plan().partCount(),
          parts.stream()
              .map(p -> new Chunk(p.partNumber(), p.size(), p.etag(), p.crc32c().orElse(null)))
              .toList());
    }
  }

  /**
   * Which parts an address is wanted for; at most 10,000.
   *
   * @param crc32c CRC-32C by part number, Base64 of four bytes; the store then proves the part
   * @param neverSent true when the caller knows that these parts were never sent: the store is not
   *     asked for them, and each gets an address
   */
  record UrlsRequest(
      @Nullable List<@Nullable Integer> partNumbers,
      @Nullable Map<Integer, String> crc32c,
      @Nullable Boolean neverSent) {}

  /**
   * Where to PUT a part.
   *
   * @param size bytes the part must have
   * @param url absent when the part is stored already
   * @param headers that the PUT must carry; absent when there are none
   * @param completed whether the part is stored already
   * @param expiresAt when the address stops working
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UrlView(
      int partNumber,
      long size,
      @Nullable URI url,
      @Nullable Map<String, String> headers,
      boolean completed,
      @Nullable Instant expiresAt) {

    static UrlView stored(int partNumber, long size) {
      return new UrlView(partNumber, size, null, null, true, null);
    }

    static UrlView open(int partNumber, long size, PartUrl url) {
      return new UrlView(
          partNumber,
          size,
          url.url(),
          url.headers().isEmpty() ? null : url.headers(),
          false,
          url.expiresAt());
    }
  }

  /** Addresses, in the order they were asked for. */
  record Urls(List<UrlView> urls) {}

  /** Parts that the client has PUT. */
  record ProgressRequest(@Nullable List<@Nullable Chunk> chunks) {}

  /**
   * Ends an upload.
   *
   * @param sha256 of the whole file; needed unless it was announced
   * @param chunks the same as update_chunk reports, to spare that call
   */
  record CompletionRequest(@Nullable String sha256, @Nullable List<@Nullable Chunk> chunks) {}

  /** How much of the file is known to be in the store. */
  record Progress(int partsDone, int partsTotal, long bytesDone, long bytesTotal) {}
}
