package dev.sluice.bench.upload;

import dev.sluice.bench.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Files to upload.
 *
 * @param name as the figures call it
 * @param files how many
 * @param bytes of each
 */
public record Workload(String name, int files, long bytes) {
  private static final int BUFFER = 1 << 20;
  private static final int PER_FOLDER = 1_000;
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;

  /** One huge file. */
  public static Workload one(Settings settings) {
    return new Workload("1 x 4 GiB", 1, (long) (4 * GIB * settings.scale()));
  }

  /** Some large files. */
  public static Workload some(Settings settings) {
    return new Workload("64 x 64 MiB", settings.scaled(64, 2), 64 * MIB);
  }

  /** Many middling files. */
  public static Workload many(Settings settings) {
    return new Workload("10,000 x 1 MiB", settings.scaled(10_000, 20), MIB);
  }

  /** Very many little files. */
  public static Workload crowd(Settings settings) {
    return new Workload("20,000 x 10 KiB", settings.scaled(20_000, 50), 10 * KIB);
  }

  /** Bytes of all files. */
  public long total() {
    return files * bytes;
  }

  /** What was written, path by path. */
  public record Written(Path folder, SortedMap<String, String> sha256) {}

  /** Writes the files, none like another; the same seed writes the same. */
  public Written write(Path folder, long seed) throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] buffer = new byte[BUFFER];
    for (int i = 0; i < files; i++) {
      String path = "d%03d/f%06d.bin".formatted(i / PER_FOLDER, i);
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      MessageDigest digest = sha256();
      try (OutputStream out = Files.newOutputStream(file)) {
        for (long left = bytes; left > 0; ) {
          int n = (int) Math.min(left, buffer.length);
          random.nextBytes(buffer);
          out.write(buffer, 0, n);
          digest.update(buffer, 0, n);
          left -= n;
        }
      }
      digests.put(path, HexFormat.of().formatHex(digest.digest()));
    }
    return new Written(folder, digests);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
