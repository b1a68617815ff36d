package dev.sluice.bench.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes, lists and empties buckets by rclone, which is nobody's contender here. */
public record Buckets(Path rclone, StoreServer store, Shell shell) {
  /** Makes one. */
  public void make(String bucket) throws IOException, InterruptedException {
    rclone("mkdir", bucket);
  }

  /** Deletes one with all its objects. */
  public void purge(String bucket) throws IOException, InterruptedException {
    rclone("purge", bucket);
  }

  /** Sizes by key. */
  public Map<String, Long> list(String bucket) throws IOException, InterruptedException {
    Map<String, Long> sizes = new TreeMap<>();
    rclone("ls", bucket)
        .lines()
        .map(line -> line.strip().split(" ", 2))
        .forEach(words -> sizes.put(words[1], Long.parseLong(words[0])));
    return sizes;
  }

  /** Fetches a URL into a bucket. */
  public Shell.Ran copyUrl(String url, String bucket, String key)
      throws IOException, InterruptedException {
    return shell.run(
        List.of(
            rclone.toString(),
            "--config",
            "/dev/null",
            "copyurl",
            url,
            Peer.remote(store) + bucket + "/" + key,
            "--s3-no-check-bucket"),
        Map.of());
  }

  /** Copies a folder into a bucket. */
  public void copyIn(Path folder, String bucket) throws IOException, InterruptedException {
    shell.run(
        List.of(
            rclone.toString(),
            "--config",
            "/dev/null",
            "copy",
            folder.toString(),
            Peer.remote(store) + bucket),
        Map.of());
  }

  private String rclone(String verb, String bucket) throws IOException, InterruptedException {
    return shell
        .run(
            List.of(rclone.toString(), "--config", "/dev/null", verb, Peer.remote(store) + bucket),
            Map.of())
        .out();
  }
}
