package dev.sluice.upload.verification;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.media.ContentSniffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads an object once, from its first byte to its last. */
final class ReadBack {
  private static final int BUFFER = 256 << 10;

  private ReadBack() {}

  /**
   * What the bytes are; for callers on a worker thread.
   *
   * @throws UncheckedIOException when the store stops answering
   */
  static Verdict of(Upload upload, InputStream object) {
    MessageDigest sha256 = sha256();
    ContentSniffer sniffer = new ContentSniffer();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try {
      for (int n = object.read(buffer); n >= 0; n = object.read(buffer)) {
        sha256.update(buffer, 0, n);
        sniffer.update(buffer, n);
        size += n;
        CrashPoint.hit("upload.verify.reading");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FileContent read = new FileContent(size, HexFormat.of().formatHex(sha256.digest()));
    return Verdict.of(upload, read, sniffer.mediaType(upload.path().extension()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
