package dev.sluice.client.upload;

import dev.sluice.client.wire.FileSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** CRC32C as object stores write it: base64 of four bytes, the highest first. */
final class Crc {

  private Crc() {}

  static String text(CRC32C crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String of(FileSlice slice) throws IOException {
    CRC32C crc = new CRC32C();
    slice.forEach(crc::update);
    return text(crc);
  }
}
