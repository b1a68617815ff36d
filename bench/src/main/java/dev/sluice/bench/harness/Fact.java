package dev.sluice.bench.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.DatasetEvent;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.support.inbox.Received;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing that happened in a stream.
 *
 * @param seq number in its stream, from 1
 */
record Fact(UUID eventId, String stream, int seq) {
  private static final String PROJECT = "bench";

  static Fact of(Received received) {
    ChunkUploaded chunk = (ChunkUploaded) received.event();
    return new Fact(received.eventId(), chunk.path(), chunk.partNumber());
  }

  /** The event that tells of it; facts of a stream have one key. */
  ChunkUploaded event() {
    UUID dataset = UUID.nameUUIDFromBytes(stream.getBytes(UTF_8));
    return new ChunkUploaded(
        PROJECT, dataset, PROJECT, "v1", dataset, stream, seq, 8L << 20, "etag", Instant.now());
  }

  /** An event of the same size that no consumer here waits for. */
  DatasetEvent unheardEvent() {
    UUID dataset = UUID.nameUUIDFromBytes(stream.getBytes(UTF_8));
    return new DatasetEvent.DatasetCreated(
        PROJECT, dataset, stream, "binary", stream, null, PROJECT, Instant.now());
  }
}
