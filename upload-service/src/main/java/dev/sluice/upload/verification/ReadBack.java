package dev.sluice.upload.verification;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.upload.file.Crc32c;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.media.ContentSniffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads an object once, from its first byte to its last, part by part. */
final class ReadBack {
  private static final int BUFFER = 256 << 10;

  private final Upload upload;
  private final Map<Integer, String> told = new HashMap<>();
  private final MessageDigest sha256 = sha256();
  private final ContentSniffer sniffer = new ContentSniffer();
  private final CRC32C sum = new CRC32C();
  private final CRC32C whole = new CRC32C();
  private final List<Integer> wrong = new ArrayList<>();
  private long size;
  private long leftOfPart;
  private int part;

  private ReadBack(Upload upload, List<StoredPart> parts) {
    this.upload = upload;
    parts.forEach(p -> p.crc32c().ifPresent(crc -> told.put(p.partNumber(), crc)));
    this.leftOfPart = upload.plan().sizeOf(1);
    this.part = 1;
  }

  /**
   * What the bytes are; for callers on a worker thread.
   *
   * @param parts that make the object, with the checksums that were told
   * @throws UncheckedIOException when the store stops answering
   */
  static Verdict of(Upload upload, List<StoredPart> parts, InputStream object) {
    ReadBack read = new ReadBack(upload, parts);
    byte[] buffer = new byte[(int) Math.min(BUFFER, upload.content().size() + 1)];
    try {
      for (int n = object.read(buffer); n >= 0; n = object.read(buffer)) {
        read.take(buffer, n);
        CrashPoint.hit("upload.verify.reading");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read.verdict();
  }

  private void take(byte[] buffer, int length) {
    sha256.update(buffer, 0, length);
    whole.update(buffer, 0, length);
    sniffer.update(buffer, length);
    size += length;
    PartPlan plan = upload.plan();
    int at = 0;
    while (at < length && plan.has(part)) {
      int n = (int) Math.min(leftOfPart, length - at);
      sum.update(buffer, at, n);
      at += n;
      leftOfPart -= n;
      if (leftOfPart == 0) {
        endPart();
      }
    }
  }

  private void endPart() {
    String expected = told.get(part);
    if (expected != null && !expected.equals(Crc32c.text(sum))) {
      wrong.add(part);
    }
    sum.reset();
    part++;
    leftOfPart = upload.plan().has(part) ? upload.plan().sizeOf(part) : 0;
  }

  private Verdict verdict() {
    FileContent read = FileContent.of(size, HexFormat.of().formatHex(sha256.digest()));
    String mediaType = sniffer.mediaType(upload.path().extension());
    return Verdict.of(upload, read, Crc32c.hex(whole), mediaType, wrong);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
