package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of an upload, each by its name: see {@code UploadEngine} for all of them at once. */
public final class UploadClient {

  private static final String ROOT = "/api/v1/uploads";

  private final HttpTransport http;

  UploadClient(HttpTransport http) {
    this.http = http;
  }

  /** {@code get_chunks}: what the service already has of the file. */
  public StoredChunks getChunks(NewUpload file) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("project", file.project());
    parameters.put("dataset", file.dataset());
    parameters.put("version", file.version());
    parameters.put("path", file.path());
    parameters.put("size", file.size());
    parameters.put("sha256", file.sha256());
    return http.send(
        ApiRequest.get(ROOT + "/chunks" + ApiRequest.query(parameters)), new TypeReference<>() {});
  }

  /** {@code new_multipart}: announces the file and fixes its parts. */
  public Upload newMultipart(NewUpload file) {
    return http.send(ApiRequest.create(ROOT, file), new TypeReference<>() {});
  }

  /** {@code get_multipart_url}: where to PUT the parts, at most 10,000 at once. */
  public List<PartUrl> getMultipartUrl(String uploadId, List<Integer> partNumbers) {
    return getMultipartUrl(uploadId, partNumbers, Map.of(), false);
  }

  /**
   * {@code get_multipart_url} for parts whose CRC32C is known: the store takes no other bytes.
   *
   * @param crc32c base64 by part number
   * @param neverSent whether the store cannot have any of them, and need not be asked
   */
  public List<PartUrl> getMultipartUrl(
      String uploadId, List<Integer> partNumbers, Map<Integer, String> crc32c, boolean neverSent) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("partNumbers", partNumbers);
    if (neverSent) {
      asked.put("neverSent", true);
    }
    if (!crc32c.isEmpty()) {
      asked.put("crc32c", crc32c);
    }
    return http.send(
            ApiRequest.of("POST", at(uploadId) + "/urls").json(asked),
            new TypeReference<PartUrls>() {})
        .urls();
  }

  /** {@code update_chunk}: says which parts are stored. */
  public UploadProgress updateChunk(String uploadId, List<Chunk> chunks) {
    return http.send(
        ApiRequest.of("PUT", at(uploadId) + "/chunks").json(Map.of("chunks", chunks)),
        new TypeReference<>() {});
  }

  /**
   * {@code complete_multipart}: the file is whole; reading it back begins.
   *
   * @throws SluiceProblemException with code {@code parts-missing} when it is not
   */
  public Upload completeMultipart(String uploadId) {
    return http.send(ApiRequest.of("POST", at(uploadId) + "/complete"), new TypeReference<>() {});
  }

  /**
   * {@code complete_multipart} with what was not told before.
   *
   * @param sha256 of the whole file
   * @param chunks parts that no {@code update_chunk} reported
   */
  public Upload completeMultipart(String uploadId, String sha256, List<Chunk> chunks) {
    return http.send(
        ApiRequest.of("POST", at(uploadId) + "/complete")
            .json(Map.of("sha256", sha256, "chunks", chunks)),
        new TypeReference<>() {});
  }

  /** {@code new_multipart_batch}: announces up to 1,000 small files; the answers in their order. */
  public List<BatchedUpload> newMultipartBatch(UploadBatch batch) {
    return http.send(
            ApiRequest.create(ROOT + "/batch", batch), new TypeReference<BatchedUploads>() {})
        .files();
  }

  /** {@code complete_multipart_batch}: these small files are whole; the answers in their order. */
  public List<SettledUpload> completeMultipartBatch(String project, List<SentUpload> uploads) {
    return http.send(
            ApiRequest.of("POST", ROOT + "/batch/complete")
                .json(Map.of("project", project, "uploads", uploads)),
            new TypeReference<SettledUploads>() {})
        .uploads();
  }

  /** {@code upload_summary}: how many files of a version are in which state. */
  public UploadSummary summary(String project, String dataset, String version) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("project", project);
    parameters.put("dataset", dataset);
    parameters.put("version", version);
    return http.send(
        ApiRequest.get(ROOT + "/summary" + ApiRequest.query(parameters)), new TypeReference<>() {});
  }

  /** One upload. */
  public Upload get(String uploadId) {
    return http.send(ApiRequest.get(at(uploadId)), new TypeReference<>() {});
  }

  /** The uploads into a version that are in the given state; null lists all. */
  public Stream<Upload> list(
      String project, String dataset, String version, @Nullable UploadState state) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("project", project);
    parameters.put("dataset", dataset);
    parameters.put("version", version);
    parameters.put("state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
    return Paging.of(http, ROOT, parameters, new TypeReference<>() {});
  }

  /** Gives an upload up; its parts are thrown away. */
  public void abort(String uploadId) {
    http.send(ApiRequest.of("DELETE", at(uploadId)));
  }

  /**
   * {@code reconcile}: finds what has no owner in a project, and throws it away.
   *
   * @param dryRun whether to find only
   */
  public Reconciliation reconcile(String project, boolean dryRun) {
    return http.send(
        ApiRequest.of("POST", ROOT + "/reconciliations")
            .json(Map.of("project", project, "dryRun", dryRun)),
        new TypeReference<>() {});
  }

  private static String at(String uploadId) {
    return ROOT + ApiRequest.path(uploadId);
  }

  private record PartUrls(List<PartUrl> urls) {}

  private record BatchedUploads(List<BatchedUpload> files) {}

  private record SettledUploads(List<SettledUpload> uploads) {}
}
