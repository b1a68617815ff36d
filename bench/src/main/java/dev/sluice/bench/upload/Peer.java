package dev.sluice.bench.upload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody else's client.
 *
 * @param copy the command that copies a folder into a bucket
 * @param variables for it
 */
record Peer(String name, Copy copy, Map<String, String> variables) {
  /** Makes a command. */
  @FunctionalInterface
  interface Copy {
    List<String> into(Path folder, String bucket);
  }

  private static final String ALIAS = "bench";

  private static final String BOTO =
      """
      import os, sys, boto3
      from concurrent.futures import ThreadPoolExecutor
      from boto3.s3.transfer import TransferConfig
      from botocore.config import Config
      endpoint, folder, bucket, kind = sys.argv[1:5]
      client = boto3.client('s3', endpoint_url=endpoint, region_name='us-east-1',
          config=Config(max_pool_connections=32, s3={'addressing_style': 'path'}))
      transfer = TransferConfig(preferred_transfer_client=kind)
      paths = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names]
      def send(path):
          client.upload_file(path, bucket, os.path.relpath(path, folder), Config=transfer)
      with ThreadPoolExecutor(1 if len(paths) == 1 else 16) as pool:
          list(pool.map(send, paths))
      """;

  /** Those that are here; {@code missing} hears of the others. */
  static List<Peer> all(
      Tools tools, StoreServer store, java.util.function.Consumer<String> missing) {
    List<Peer> peers = new ArrayList<>();
    Map<String, String> keys =
        Map.of(
            "AWS_ACCESS_KEY_ID", StoreServer.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY", StoreServer.SECRET_KEY);
    Optional<Path> mc = tools.find("mc");
    mc.ifPresentOrElse(path -> peers.add(mc(path, store)), () -> missing.accept("mc"));
    tools
        .find("rclone")
        .ifPresentOrElse(path -> peers.add(rclone(path, store)), () -> missing.accept("rclone"));
    tools
        .python("boto3")
        .ifPresentOrElse(
            path -> peers.add(boto("boto3", path, store, "classic", keys)),
            () -> missing.accept("boto3"));
    tools
        .python("boto3, awscrt")
        .ifPresentOrElse(
            path -> peers.add(boto("boto3-crt", path, store, "crt", keys)),
            () -> missing.accept("boto3 with awscrt"));
    return peers;
  }

  /** As {@code mc} comes. */
  private static Peer mc(Path mc, StoreServer store) {
    String host =
        store
            .endpoint()
            .replace("://", "://" + StoreServer.ACCESS_KEY + ":" + StoreServer.SECRET_KEY + "@");
    return new Peer(
        "mc",
        (folder, bucket) ->
            List.of(
                mc.toString(),
                "--quiet",
                "--no-color",
                "cp",
                "--recursive",
                folder + "/",
                ALIAS + "/" + bucket + "/"),
        Map.of("MC_HOST_" + ALIAS, host, "MC_CONFIG_DIR", "/tmp/.mc-sluice-bench"));
  }

  /** With as much at once as its documentation advises for a fast store. */
  private static Peer rclone(Path rclone, StoreServer store) {
    return new Peer(
        "rclone",
        (folder, bucket) ->
            List.of(
                rclone.toString(),
                "--config",
                "/dev/null",
                "copy",
                folder.toString(),
                remote(store) + bucket,
                "--transfers",
                "16",
                "--s3-upload-concurrency",
                "8",
                "--s3-chunk-size",
                "16Mi",
                "--s3-no-check-bucket",
                "--no-traverse"),
        Map.of());
  }

  /** The store as rclone names it. */
  static String remote(StoreServer store) {
    return ":s3,provider=Minio,access_key_id=%s,secret_access_key=%s,endpoint='%s':"
        .formatted(StoreServer.ACCESS_KEY, StoreServer.SECRET_KEY, store.endpoint());
  }

  private static Peer boto(
      String name, Path python, StoreServer store, String kind, Map<String, String> keys) {
    return new Peer(
        name,
        (folder, bucket) ->
            List.of(
                python.toString(), "-c", BOTO, store.endpoint(), folder.toString(), bucket, kind),
        keys);
  }
}
