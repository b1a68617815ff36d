package dev.sluice.upload.ledger;

import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.events.UploadEvent.FileIgnored;
import dev.sluice.events.UploadEvent.UploadAborted;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import java.time.Instant;

/** What is said about uploads on the bus. */
public final class UploadFacts {
  private UploadFacts() {}

  /** A part is in the store. */
  public static ChunkUploaded chunkUploaded(Upload upload, StoredPart part, Instant at) {
    return new ChunkUploaded(
        upload.target().project(),
        upload.target().datasetId(),
        upload.target().dataset(),
        upload.target().version(),
        upload.id().value(),
        upload.path().value(),
        part.partNumber(),
        part.size(),
        part.etag(),
        at);
  }

  /** The whole file is proved. */
  public static UploadCompleted completed(Upload upload, Completed state) {
    return new UploadCompleted(
        upload.target().project(),
        upload.target().datasetId(),
        upload.target().dataset(),
        upload.target().version(),
        upload.id().value(),
        upload.path().value(),
        upload.content().size(),
        upload.content().sha256().orElseThrow(),
        state.crc32c().orElse(null),
        state.mediaType(),
        upload.key().value(),
        upload.createdBy(),
        state.since());
  }

  /** The file is given up. */
  public static UploadAborted aborted(Upload upload, Aborted state) {
    return new UploadAborted(
        upload.target().project(),
        upload.target().datasetId(),
        upload.target().dataset(),
        upload.target().version(),
        upload.id().value(),
        upload.path().value(),
        state.reason(),
        state.since());
  }

  /** The file does not belong. */
  public static FileIgnored ignored(Upload upload, Ignored state) {
    return new FileIgnored(
        upload.target().project(),
        upload.target().datasetId(),
        upload.target().dataset(),
        upload.target().version(),
        upload.id().value(),
        upload.path().value(),
        state.mediaType(),
        state.reason(),
        state.since());
  }
}
