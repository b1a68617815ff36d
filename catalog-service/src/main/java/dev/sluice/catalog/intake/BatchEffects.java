package dev.sluice.catalog.intake;

import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.file.PendingFile;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.events.UploadEvent;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.events.UploadEvent.FileIgnored;
import dev.sluice.events.UploadEvent.UploadAborted;
import dev.sluice.events.UploadEvent.UploadCompleted;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What several facts about one draft come to, when they are taken in their order. */
final class BatchEffects {
  private final Map<String, UploadCompleted> files = new LinkedHashMap<>();
  private final Map<String, PendingFile> announced = new LinkedHashMap<>();
  private final Map<UUID, String> pathOf = new HashMap<>();
  private final Set<UUID> settled = new LinkedHashSet<>();

  static BatchEffects of(List<UploadEvent> events) {
    BatchEffects effects = new BatchEffects();
    events.forEach(effects::add);
    return effects;
  }

  /** The file that a completed upload became. */
  static VersionFile file(UploadCompleted e) {
    return new VersionFile(
        e.path(), e.size(), e.sha256(), e.mediaType(), e.objectKey(), e.crc32c(), null);
  }

  private void add(UploadEvent event) {
    switch (event) {
      case ChunkUploaded e -> announce(e);
      case UploadCompleted e -> {
        files.put(new FilePath(e.path()).value(), e);
        settle(e.uploadId());
      }
      case UploadAborted e -> settle(e.uploadId());
      case FileIgnored e -> settle(e.uploadId());
    }
  }

  private void announce(ChunkUploaded e) {
    if (settled.contains(e.uploadId())) {
      return;
    }
    String path = FilePath.of(e.path()).value();
    announced.put(path, new PendingFile(path, e.uploadId(), PendingFile.ON_ITS_WAY));
    pathOf.put(e.uploadId(), path);
  }

  private void settle(UUID upload) {
    String path = pathOf.remove(upload);
    if (path != null) {
      announced.computeIfPresent(
          path, (p, pending) -> pending.uploadId().equals(upload) ? null : pending);
    }
    settled.add(upload);
  }

  /** The newest file of each path. */
  List<VersionFile> files() {
    return files.values().stream().map(BatchEffects::file).toList();
  }

  /** The newest upload of each path. */
  Collection<UploadCompleted> completed() {
    return List.copyOf(files.values());
  }

  List<FilePath> paths() {
    return files.keySet().stream().map(FilePath::new).toList();
  }

  /** What is on its way after the last fact. */
  Collection<PendingFile> announced() {
    return List.copyOf(announced.values());
  }

  /** Uploads that are over. */
  Set<UUID> settled() {
    return Set.copyOf(settled);
  }
}
