package dev.sluice.upload.archive;

import static dev.sluice.upload.archive.ZipDirectory.unsigned16;
import static dev.sluice.upload.archive.ZipDirectory.unsigned32;

import dev.sluice.upload.archive.ArchiveException.Fault;
import java.nio.ByteBuffer;

/**
 * An entry of a zip's central directory.
 *
 * @param path normalised; of a folder as written
 * @param nameLength bytes of the name as written
 * @param method 0 is stored, 8 deflated
 * @param packed bytes in the archive
 * @param size bytes expanded
 * @param crc CRC-32 of the expanded bytes
 * @param headerAt where its local header begins
 * @param endsBy where the next thing begins
 */
record ZipItem(
    String path,
    boolean folder,
    int nameLength,
    int method,
    long packed,
    long size,
    long crc,
    long headerAt,
    long endsBy) {
  static final int STORED = 0;
  static final int DEFLATED = 8;
  static final int LOCAL_SIZE = 30;

  private static final int FIXED = 46;
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int ZIP64 = 1;
  private static final long MASK = 0xffffffffL;
  private static final int KIND_BITS = 0xf000;
  private static final int REGULAR = 0x8000;
  private static final int FOLDER = 0x4000;

  /** Where its bytes end at the earliest; negative when the numbers make no sense. */
  long leastEnd() {
    return headerAt + LOCAL_SIZE + nameLength + packed;
  }

  ZipItem endingBy(long next) {
    return new ZipItem(path, folder, nameLength, method, packed, size, crc, headerAt, next);
  }

  /** The entry of one record of the directory. */
  static ZipItem of(ByteBuffer bytes, Budget budget) throws ArchiveException {
    int nameLength = unsigned16(bytes, 28);
    byte[] raw = new byte[nameLength];
    bytes.get(FIXED, raw);
    String name = Budget.text(raw);
    int method = unsigned16(bytes, 10);
    if ((unsigned16(bytes, 8) & ENCRYPTED) != 0) {
      throw budget.fault(Fault.UNSUPPORTED, "'" + name + "' is encrypted");
    }
    if (method != STORED && method != DEFLATED) {
      throw budget.fault(Fault.UNSUPPORTED, "'" + name + "' is packed by method " + method);
    }
    // The upper half of the attributes is a Unix mode, whatever system the entry claims.
    int kind = (bytes.getInt(38) >>> 16) & KIND_BITS;
    boolean folder = name.endsWith("/");
    if (kind != 0 && kind != REGULAR && !(kind == FOLDER && folder)) {
      throw budget.fault(Fault.KIND, "'" + name + "' is no regular file");
    }
    Sizes sizes = sizes(bytes, nameLength, budget);
    if (method == STORED && sizes.packed != sizes.size) {
      throw budget.fault(Fault.DAMAGED, "'" + name + "' is stored in another size than its own");
    }
    if (folder) {
      budget.folder(name);
    }
    return new ZipItem(
        folder ? name : budget.path(name),
        folder,
        nameLength,
        method,
        sizes.packed,
        sizes.size,
        unsigned32(bytes, 16),
        sizes.headerAt,
        0);
  }

  private static Sizes sizes(ByteBuffer bytes, int nameLength, Budget budget)
      throws ArchiveException {
    long packed = unsigned32(bytes, 20);
    long size = unsigned32(bytes, 24);
    long headerAt = unsigned32(bytes, 42);
    int at = FIXED + nameLength;
    int end = at + unsigned16(bytes, 30);
    while (at + 4 <= end && (packed == MASK || size == MASK || headerAt == MASK)) {
      int length = unsigned16(bytes, at + 2);
      if (unsigned16(bytes, at) == ZIP64 && at + 4 + length <= end) {
        ByteBuffer wide = bytes.slice(at + 4, length).order(bytes.order());
        size = size == MASK ? wide(wide, budget) : size;
        packed = packed == MASK ? wide(wide, budget) : packed;
        headerAt = headerAt == MASK ? wide(wide, budget) : headerAt;
        break;
      }
      at += 4 + length;
    }
    if (packed < 0 || size < 0 || headerAt < 0) {
      throw budget.fault(Fault.DAMAGED, "a size in its directory is none");
    }
    return new Sizes(packed, size, headerAt);
  }

  private static long wide(ByteBuffer bytes, Budget budget) throws ArchiveException {
    if (bytes.remaining() < Long.BYTES) {
      throw budget.fault(Fault.DAMAGED, "a size in its directory is missing");
    }
    return bytes.getLong();
  }

  private record Sizes(long packed, long size, long headerAt) {}
}
