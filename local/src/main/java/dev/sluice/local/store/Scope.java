package dev.sluice.local.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a short-lived identity may do: read, write and list below prefixes {@code bucket/key...}
 * until a moment.
 *
 * <p>The access key of such an identity is its scope, encoded; its secret is derived from that by
 * the store's own secret. So nothing is kept anywhere, and a changed scope has no valid secret.
 *
 * @param until when it ends
 * @param reads prefixes of objects it may read
 * @param writes prefixes of objects it may write and abort, never delete
 * @param lists buckets it may list, or {@code bucket/prefix} for a part of one
 */
record Scope(Instant until, List<String> reads, List<String> writes, List<String> lists) {
  private static final String MARK = "SCOPED-";

  Scope {
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    lists = List.copyOf(lists);
  }

  /** Reads an access key made by {@link #accessKey()}; none when it is something else. */
  static Optional<Scope> ofAccessKey(String accessKey) {
    if (!accessKey.startsWith(MARK)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(accessKey.substring(MARK.length()));
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return Optional.of(
          new Scope(
              Instant.ofEpochSecond(Long.parseLong(lines.get(0))),
              below(lines, 'r'),
              below(lines, 'w'),
              below(lines, 'l')));
    } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
      return Optional.empty();
    }
  }

  /** The access key that says all this. */
  String accessKey() {
    List<String> lines = new ArrayList<>();
    lines.add(Long.toString(until.getEpochSecond()));
    reads.forEach(prefix -> lines.add("r" + prefix));
    writes.forEach(prefix -> lines.add("w" + prefix));
    lists.forEach(bucket -> lines.add("l" + bucket));
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The secret of {@link #accessKey()}. */
  String secretKey(String storeSecret) {
    byte[] mac = Hmac.sha256(storeSecret.getBytes(StandardCharsets.UTF_8), accessKey());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  boolean mayRead(String bucket, String key) {
    return covers(reads, bucket, key);
  }

  boolean mayWrite(String bucket, String key) {
    return covers(writes, bucket, key);
  }

  /** Whether it may list what begins with a prefix. */
  boolean mayList(String bucket, String prefix) {
    return lists.contains(bucket)
        || lists.stream()
            .filter(place -> place.indexOf('/') > 0)
            .anyMatch((bucket + "/" + prefix)::startsWith);
  }

  /** Whether anything of this bucket is within reach, so that it is no secret that it exists. */
  boolean knows(String bucket) {
    return lists.contains(bucket)
        || Stream.concat(reads.stream(), writes.stream())
            .anyMatch(
                prefix -> prefix.startsWith(bucket + "/") || (bucket + "/").startsWith(prefix));
  }

  private static boolean covers(List<String> prefixes, String bucket, String key) {
    return prefixes.stream().anyMatch((bucket + "/" + key)::startsWith);
  }

  private static List<String> below(List<String> lines, char kind) {
    return lines.stream()
        .skip(1)
        .filter(line -> line.charAt(0) == kind)
        .map(line -> line.substring(1))
        .toList();
  }
}
