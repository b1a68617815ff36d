package dev.sluice.chaos.upload;

import io.minio.GetObjectArgs;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsArgs;
import io.minio.ListPartsArgs;
import io.minio.MinioAsyncClient;
import io.minio.Result;
import io.minio.messages.Item;
import io.minio.messages.ListMultipartUploadsResult;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the object store has, read without any proxy between. */
public record StoreView(MinioAsyncClient client) {
  private static final int NOT_FOUND = 404;
  private static final int CHUNK = 1 << 16;

  /**
   * An object, read whole.
   *
   * @param size bytes that came
   */
  public record Content(long size, String sha256) {}

  /** Key and size of every object of the bucket. */
  public Map<String, Long> objects(String bucket) throws Exception {
    Map<String, Long> all = new TreeMap<>();
    for (Result<Item> each :
        client.listObjects(ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
      all.put(each.get().objectName(), each.get().size());
    }
    return all;
  }

  /** Key by upload id of every multipart upload that the store has open. */
  public Map<String, String> multiparts(String bucket) throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (ListMultipartUploadsResult.Upload each :
        client
            .listMultipartUploads(ListMultipartUploadsArgs.builder().bucket(bucket).build())
            .get()
            .result()
            .uploads()) {
      all.put(each.uploadId(), each.objectName());
    }
    return all;
  }

  /** ETag by number of the parts of a multipart upload; empty when the store has no such one. */
  Optional<Map<Integer, String>> parts(String bucket, String key, String uploadId)
      throws Exception {
    try {
      Map<Integer, String> all = new TreeMap<>();
      client
          .listParts(ListPartsArgs.builder().bucket(bucket).object(key).uploadId(uploadId).build())
          .get()
          .result()
          .parts()
          .forEach(part -> all.put(part.partNumber(), part.etag().replace("\"", "")));
      return Optional.of(all);
    } catch (Exception e) {
      if (isGone(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Size and digest of an object, from its bytes; empty when there is none. */
  public Optional<Content> content(String bucket, String key) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    long size = 0;
    try (InputStream in =
        client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build()).get()) {
      byte[] buffer = new byte[CHUNK];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
        size += read;
      }
    } catch (Exception e) {
      if (isGone(e)) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(new Content(size, HexFormat.of().formatHex(sha256.digest())));
  }

  private static boolean isGone(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof io.minio.errors.ErrorResponseException e) {
        return e.response().code() == NOT_FOUND;
      }
    }
    return false;
  }
}
