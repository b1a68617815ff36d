package dev.sluice.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** Files that tests speak of. */
final class Files {
  private Files() {}

  static Entry file(String path, int content) {
    Digest sha256 =
        Digest.of(
            Digest.sha256().digest(Integer.toString(content).getBytes(StandardCharsets.US_ASCII)));
    return new Entry(
        PathKey.of(path),
        content % 10_000,
        sha256,
        content % 3 == 0 ? "text/plain" : "image/png",
        content % 7 == 0 ? "elsewhere/" + content : "dataset/d/v1/" + path,
        content % 2 == 0 ? content : Entry.UNKNOWN,
        content % 5 == 0 ? content : Entry.UNKNOWN);
  }

  /** The same file, its bytes in another object. */
  static Entry elsewhere(Entry file) {
    return new Entry(
        file.path(),
        file.size(),
        file.sha256(),
        file.mediaType(),
        "dataset/other/v12/" + file.path(),
        file.crc32c(),
        file.rows());
  }

  static NavigableMap<PathKey, Entry> some(int count, Random random) {
    TreeMap<PathKey, Entry> files = new TreeMap<>();
    while (files.size() < count) {
      Entry file = file(path(random, count * 4), random.nextInt(1_000_000));
      files.put(file.path(), file);
    }
    return files;
  }

  static String path(Random random, int of) {
    int number = random.nextInt(Math.max(1, of));
    return "folder-%03d/%s%06d.txt".formatted(number % 97, number % 11 == 0 ? "ä€😀/" : "", number);
  }

  /** Changes of about that many paths: some new, some replaced, some taken out. */
  static List<Change> edits(NavigableMap<PathKey, Entry> files, int count, Random random) {
    TreeMap<PathKey, Change> edits = new TreeMap<>();
    List<PathKey> there = new ArrayList<>(files.keySet());
    for (int i = 0; i < count; i++) {
      PathKey known =
          there.isEmpty() ? PathKey.of("only") : there.get(random.nextInt(there.size()));
      Change change =
          switch (random.nextInt(4)) {
            case 0 -> Change.remove(known);
            case 1 ->
                Change.put(file(path(random, files.size() * 4 + 10), random.nextInt(1_000_000)));
            case 2 -> Change.remove(PathKey.of(path(random, files.size() * 4 + 10)));
            default -> Change.put(file(known.toString(), random.nextInt(1_000_000)));
          };
      edits.put(change.path(), change);
    }
    return List.copyOf(edits.values());
  }

  static void apply(NavigableMap<PathKey, Entry> files, List<Change> edits) {
    for (Change edit : edits) {
      Entry entry = edit.entry();
      if (entry == null) {
        files.remove(edit.path());
      } else {
        files.put(edit.path(), entry);
      }
    }
  }
}
