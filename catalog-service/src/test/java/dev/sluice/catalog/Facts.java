package dev.sluice.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.events.Topics;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.testing.TestKafka;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells the catalog facts as the other services do, and listens to its own. */
final class Facts implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final TestKafka kafka = TestKafka.connect();

  void say(UUID id, SluiceEvent event) {
    kafka.send(
        event.topic(),
        event.key(),
        EventJson.write(event),
        Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            id.toString(),
            "ce_type",
            event.type(),
            "ce_source",
            "/test",
            "ce_subject",
            event.subject(),
            "ce_project",
            event.project()));
  }

  void say(SluiceEvent event) {
    say(UUID.randomUUID(), event);
  }

  void sayBroken(String topic, String type, String value) {
    kafka.send(
        topic,
        "key",
        value,
        Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", type, "ce_specversion", "1.0"));
  }

  /** Facts of a type that the catalog said about a project, at least {@code count} of them. */
  List<ConsumerRecord<String, String>> said(
      Class<? extends SluiceEvent> type, String project, int count) {
    String name = "dev.sluice." + type.getSimpleName() + ".v1";
    return kafka.collect(
        Topics.DATASETS,
        count,
        LIMIT,
        r ->
            TestKafka.header(r, "ce_type").equals(name)
                && r.value().contains("\"project\":\"" + project + "\""));
  }

  List<ConsumerRecord<String, String>> deadLetters(
      String topic, int count, Predicate<ConsumerRecord<String, String>> wanted) {
    return kafka.collect(Topics.deadLetters(topic), count, LIMIT, wanted);
  }

  static UploadCompleted completed(String project, String datasetId, String path, String text) {
    return completed(project, datasetId, "v1", path, text);
  }

  static UploadCompleted completed(
      String project, String datasetId, String version, String path, String text) {
    return new UploadCompleted(
        project,
        UUID.fromString(datasetId),
        "wiki",
        version,
        UUID.nameUUIDFromBytes((project + version + path + text).getBytes(UTF_8)),
        path,
        text.getBytes(UTF_8).length,
        sha256(text.getBytes(UTF_8)),
        crc32c(text),
        "text/plain",
        "dataset/wiki/" + version + "/" + path,
        "ada",
        Instant.now());
  }

  static ChunkUploaded chunk(UploadCompleted of) {
    return new ChunkUploaded(
        of.project(),
        of.datasetId(),
        of.dataset(),
        of.version(),
        of.uploadId(),
        of.path(),
        1,
        of.size(),
        "etag",
        Instant.now());
  }

  static String crc32c(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
