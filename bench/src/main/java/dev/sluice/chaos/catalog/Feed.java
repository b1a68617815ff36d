package dev.sluice.chaos.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.chaos.upload.EventsView;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Says what the upload service and runs say, in plain JSON, and puts the bytes they speak of. */
final class Feed {
  private static final String UPLOADS = "sluice.uploads";
  private static final String PROCESSING = "sluice.processing";

  private final String project;
  private final EventsView broker;
  private final MinioAsyncClient store;

  Feed(String project, EventsView broker, MinioAsyncClient store) {
    this.project = project;
    this.broker = broker;
    this.store = store;
  }

  static String bucket(String project) {
    return "sluice-" + project;
  }

  /** Puts a content under the key. */
  void bytes(String key, int content) {
    bytes(key, Contents.bytes(content));
  }

  private void bytes(String key, byte[] bytes) {
    try {
      store
          .putObject(
              PutObjectArgs.builder().bucket(bucket(project)).object(key).stream(
                      new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                  .contentType(Contents.MEDIA_TYPE)
                  .build())
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("cannot put " + key, e);
    }
  }

  void say(List<ProducerRecord<String, byte[]>> records) {
    broker.say(records);
  }

  /** A part of a file came. */
  ProducerRecord<String, byte[]> part(Place place, String path, UUID upload) {
    Map<String, Object> data = about(place, path, upload);
    data.put("partNumber", 1);
    data.put("size", 1);
    data.put("etag", "e");
    return record(UPLOADS, place, "ChunkUploaded", data);
  }

  /** A file is whole. */
  ProducerRecord<String, byte[]> whole(
      Place place, String path, UUID upload, int content, String key) {
    Map<String, Object> data = about(place, path, upload);
    data.put("size", Contents.size(content));
    data.put("sha256", Contents.sha256(content));
    data.put("mediaType", Contents.MEDIA_TYPE);
    data.put("objectKey", key);
    data.put("uploadedBy", "ada");
    return record(UPLOADS, place, "UploadCompleted", data);
  }

  /** An upload was given up. */
  ProducerRecord<String, byte[]> aborted(Place place, String path, UUID upload) {
    Map<String, Object> data = about(place, path, upload);
    data.put("reason", "given up");
    return record(UPLOADS, place, "UploadAborted", data);
  }

  /** An import brought so many files. */
  ProducerRecord<String, byte[]> imported(Place place, UUID id, int files) {
    Map<String, Object> data = begin(place);
    data.put("importId", id.toString());
    data.put("unchanged", false);
    data.put("files", files);
    data.put("bytes", 1);
    data.put("ignored", 0);
    data.put("sources", List.of());
    data.put("requestedBy", "ada");
    return record(UPLOADS, place, "ImportCompleted", data);
  }

  /** A run wrote one file; its bytes and its manifest are put. */
  ProducerRecord<String, byte[]> ran(Place place, UUID run, int content) {
    String key = place.dataset() + "/" + place.version() + "/part.txt";
    key = "dataset/" + key;
    bytes(key, content);
    String file =
        """
        {"path":"part.txt","objectKey":"%s","size":%d,"sha256":"%s","mediaType":"%s","rows":3}"""
            .formatted(key, Contents.size(content), Contents.sha256(content), Contents.MEDIA_TYPE);
    byte[] manifest =
        """
        {"runId":"%s","attempt":1,"rows":3,"bytes":%d,"files":[%s]}"""
            .formatted(run, Contents.size(content), file)
            .getBytes(UTF_8);
    String manifestKey = "runs/" + run + "/1/manifest.json";
    bytes(manifestKey, manifest);
    Map<String, Object> data = begin(place);
    data.put("runId", run.toString());
    data.put("attempt", 1);
    data.put("inputs", List.of());
    data.put("outputManifestKey", manifestKey);
    data.put("outputManifestSha256", Contents.sha256(manifest));
    data.put("files", 1);
    data.put("bytes", Contents.size(content));
    data.put("rows", 3);
    data.put("program", Map.of("entrypoint", "python -m x", "submissionId", "s-1"));
    data.put("requestedBy", "ada");
    return record(PROCESSING, place, "ProcessingCompleted", data);
  }

  private Map<String, Object> begin(Place place) {
    return CatalogApi.body(
        "project",
        project,
        "datasetId",
        place.datasetId(),
        "dataset",
        place.dataset(),
        "version",
        place.version(),
        "occurredAt",
        Instant.now().toString());
  }

  private Map<String, Object> about(Place place, String path, UUID upload) {
    Map<String, Object> data = begin(place);
    data.put("uploadId", upload.toString());
    data.put("path", path);
    return data;
  }

  private ProducerRecord<String, byte[]> record(
      String topic, Place place, String type, Map<String, Object> data) {
    try {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(topic, place.datasetId(), CatalogApi.JSON.writeValueAsBytes(data));
      Headers headers = record.headers();
      headers.add("ce_specversion", "1.0".getBytes(UTF_8));
      headers.add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
      headers.add("ce_type", ("dev.sluice." + type + ".v1").getBytes(UTF_8));
      headers.add("ce_source", "/chaos".getBytes(UTF_8));
      headers.add(
          "ce_subject",
          ("datasets/" + place.dataset() + "/versions/" + place.version()).getBytes(UTF_8));
      headers.add("ce_project", project.getBytes(UTF_8));
      return record;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same records again, from the beginning, as after a consumer that did not commit. */
  static List<ProducerRecord<String, byte[]>> again(
      List<ProducerRecord<String, byte[]>> records, int times) {
    List<ProducerRecord<String, byte[]>> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(records);
    }
    return all;
  }

  /** Where files go. */
  record Place(String dataset, String datasetId, String version) {}
}
