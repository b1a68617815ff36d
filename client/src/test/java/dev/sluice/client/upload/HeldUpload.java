package dev.sluice.client.upload;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One upload of the {@link UploadWorld}. */
final class HeldUpload {

  final String id;
  final String path;
  final int size;
  final Map<Integer, byte[]> parts = new ConcurrentSkipListMap<>();
  final Map<Integer, String> crcs = new ConcurrentHashMap<>();
  volatile @Nullable String sha256;
  volatile String state = "open";
  volatile @Nullable String reason;
  boolean sizeHeld;

  HeldUpload(String id, String path, int size, @Nullable String sha256) {
    this.id = id;
    this.path = path;
    this.size = size;
    this.sha256 = sha256;
  }

  int partCount() {
    return Math.max(1, (size + UploadWorld.PART - 1) / UploadWorld.PART);
  }

  int sizeOf(int part) {
    return Math.min(UploadWorld.PART, size - (part - 1) * UploadWorld.PART);
  }

  boolean whole() {
    return IntStream.rangeClosed(1, partCount()).allMatch(parts::containsKey);
  }

  void report(JsonNode chunks) {
    for (JsonNode chunk : chunks) {
      crcs.put(chunk.path("partNumber").asInt(), chunk.path("crc32c").asText());
    }
  }

  Map<String, @Nullable Object> view() {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("size", size);
    view.put("uploadId", id);
    view.put("path", path);
    view.put("sha256", sha256);
    view.put("state", state);
    view.put("partSize", UploadWorld.PART);
    view.put("partCount", partCount());
    view.put("sizeHeld", sizeHeld);
    view.put("reason", reason);
    return view;
  }

  List<Map<String, Object>> chunks() {
    return parts.entrySet().stream()
        .map(
            part ->
                Map.<String, Object>of(
                    "partNumber",
                    part.getKey(),
                    "size",
                    part.getValue().length,
                    "etag",
                    "e" + part.getKey(),
                    "crc32c",
                    crc(part.getValue())))
        .toList();
  }

  byte[] content() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** The last part is wrong when the store is rotten: it is wanted again. */
  void readBack(boolean rotten) throws IOException {
    String found = Checksum.sha256(new ByteArrayInputStream(content()));
    if (rotten) {
      parts.remove(partCount());
      state = "open";
      reason = "read back, part " + partCount() + " differs";
    } else if (found.equals(sha256)) {
      state = "completed";
      reason = null;
    } else if (parts
        .entrySet()
        .removeIf(part -> !crc(part.getValue()).equals(crcs.get(part.getKey())))) {
      state = "open";
      reason = "read back, some parts differ";
    } else {
      state = "failed";
      reason = "the SHA-256 read back is another";
    }
  }

  static String crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Crc.text(crc);
  }
}
