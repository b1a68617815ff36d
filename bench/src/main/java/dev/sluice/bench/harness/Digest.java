package dev.sluice.bench.harness;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;

/** SHA-256 over event ids as text, sorted, each with a line end: equal for equal multisets. */
final class Digest {
  private Digest() {}

  static String of(Collection<UUID> ids) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ids.stream()
          .map(UUID::toString)
          .sorted()
          .forEach(
              id ->
                  digest.update((id + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
