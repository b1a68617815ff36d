package dev.sluice.vectorsink.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids of points: name-based UUIDs (version 5) of what a point is made of, so that the same text at
 * the same place of a dataset, made by the same recipe, is the same point wherever and whenever it
 * is made.
 */
public final class PointIds {
  /** UUIDv5 of the URL {@code https://sluice.dev/points} in the namespace of URLs. */
  static final UUID NAMESPACE =
      nameBased(
          UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "https://sluice.dev/points");

  private static final int VERSION_5 = 0x50;
  private static final int VARIANT = 0x80;

  private PointIds() {}

  /** The id of a piece of text. */
  public static UUID of(
      UUID datasetId, String recordKey, int chunkNo, String textDigest, String recipeDigest) {
    return nameBased(
        NAMESPACE,
        String.join(
            "\0",
            datasetId.toString(),
            recordKey,
            String.valueOf(chunkNo),
            textDigest,
            recipeDigest));
  }

  /** UUID version 5 as RFC 9562 says. */
  static UUID nameBased(UUID namespace, String name) {
    byte[] text = name.getBytes(UTF_8);
    ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES + text.length);
    input.putLong(namespace.getMostSignificantBits());
    input.putLong(namespace.getLeastSignificantBits());
    input.put(text);
    byte[] hash = sha1(input.array());
    hash[6] = (byte) ((hash[6] & 0x0f) | VERSION_5);
    hash[8] = (byte) ((hash[8] & 0x3f) | VARIANT);
    ByteBuffer output = ByteBuffer.wrap(hash);
    return new UUID(output.getLong(), output.getLong());
  }

  private static byte[] sha1(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
