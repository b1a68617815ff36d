package dev.sluice.chaos.upload;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What clients asked and were told in a trial; every client writes into it. */
final class History {
  private final long begin = System.nanoTime();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, Map<Integer, String>> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> wantedAgain = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong serverErrors = new AtomicLong();

  void note(String line) {
    lines.add("%.3f %s".formatted((System.nanoTime() - begin) / 1e9, line));
  }

  /** Something that must never be. */
  void violated(String what) {
    note("WRONG " + what);
    wrong.add(what);
  }

  void sent(long bytes) {
    sent.addAndGet(bytes);
  }

  void serverError() {
    serverErrors.incrementAndGet();
  }

  /** The service said that it knows of this part. */
  void acknowledged(String uploadId, int part, String etag) {
    acknowledged
        .computeIfAbsent(uploadId, id -> new ConcurrentHashMap<>())
        .put(part, etag.replace("\"", ""));
  }

  /** The service said that this part is damaged and must come again. */
  void wantedAgain(String uploadId, int part) {
    acknowledged.getOrDefault(uploadId, new ConcurrentHashMap<>()).remove(part);
    if (wantedAgain.add(uploadId + " " + part)) {
      note("part %d of %s is wanted again".formatted(part, uploadId));
    }
  }

  /** Parts that were damaged and wanted again. */
  int repairs() {
    return wantedAgain.size();
  }

  /** Everything that was acknowledged until now, by upload. */
  Map<String, Map<Integer, String>> acknowledged() {
    return acknowledged.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> Map.copyOf(each.getValue())));
  }

  /** ETag by part number of what was acknowledged. */
  Map<Integer, String> acknowledged(String uploadId) {
    return Map.copyOf(acknowledged.getOrDefault(uploadId, Map.of()));
  }

  /** The service was put back to an earlier hour and cannot be held to its word. */
  void forget() {
    acknowledged.clear();
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  long bytesSent() {
    return sent.get();
  }

  long internalErrors() {
    return serverErrors.get();
  }
}
