package dev.sluice.client.upload;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts many small files into batches: the first is little, so that bytes flow at once; the others
 * are as large as the API takes, but not longer on the wire than their URLs live.
 *
 * @param files in the order they are sent
 */
record SmallFiles(List<Sized> files) {

  /** A file and its size when it was found. */
  record Sized(LocalFile file, long size) {}

  private static final int FIRST = 100;
  private static final long MOST_BYTES = 256L * 1024 * 1024;

  SmallFiles {
    files = List.copyOf(files);
  }

  List<List<LocalFile>> batches(int most) {
    List<List<LocalFile>> batches = new ArrayList<>();
    List<LocalFile> batch = new ArrayList<>();
    long bytes = 0;
    for (Sized each : files) {
      int limit = batches.isEmpty() ? Math.min(FIRST, most) : most;
      if (batch.size() == limit || bytes + each.size() > MOST_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(each.file());
      bytes += each.size();
    }
    batches.add(batch);
    batches.removeIf(List::isEmpty);
    return batches;
  }
}
