package dev.sluice.client.upload;

import dev.sluice.client.UploadBatch;
import dev.sluice.client.wire.FileSlice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A small file, read once.
 *
 * @param size bytes that were there when it was read
 */
record HashedFile(LocalFile file, long size, String sha256, String crc32c) {

  private static final int BUFFER = 64 * 1024;

  static HashedFile of(LocalFile file) throws IOException {
    MessageDigest sha256 = Checksum.newDigest();
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (InputStream in = Files.newInputStream(file.source())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        crc.update(buffer, 0, n);
        size += n;
      }
    }
    return new HashedFile(file, size, HexFormat.of().formatHex(sha256.digest()), Crc.text(crc));
  }

  UploadBatch.Item item() {
    return new UploadBatch.Item(file.path(), size, sha256, crc32c);
  }

  /** All of it as the only part. */
  HashedPart part() {
    return new HashedPart(1, new FileSlice(file.source(), 0, size), crc32c);
  }
}
