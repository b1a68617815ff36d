package dev.sluice.upload.archive;

import dev.sluice.upload.archive.ArchiveException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The central directory of a zip, which is what counts: every entry checked before the first byte
 * comes out, and no two on the same bytes.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_SIZE = 56;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int LONGEST_ENTRY = ENTRY_SIZE + 3 * 0xffff;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long MASK = 0xffffffffL;
  private static final int BUFFER = 1 << 20;

  private final FileChannel file;
  private final Budget budget;

  ZipDirectory(FileChannel file, Budget budget) {
    this.file = file;
    this.budget = budget;
  }

  /** The files in the order of their bytes. */
  List<ZipItem> read() throws IOException {
    Extent extent = extent();
    List<ZipItem> items = new ArrayList<>();
    ByteBuffer buffer = bytes(extent.offset, (int) Math.min(BUFFER, extent.size));
    long at = extent.offset;
    long end = extent.offset + extent.size;
    long claimed = 0;
    while (at < end) {
      if (buffer.remaining() < Math.min(LONGEST_ENTRY, end - at)) {
        buffer = bytes(at, (int) Math.min(BUFFER, end - at));
      }
      int before = buffer.remaining();
      budget.entry();
      ZipItem item = entry(buffer);
      at += before - buffer.remaining();
      if (!item.folder()) {
        claimed += item.size();
        budget.claim(item.path(), claimed);
      }
      items.add(item);
    }
    return apart(items, extent.offset);
  }

  /** Sorts by place; each may use the bytes up to the next one's header. */
  private List<ZipItem> apart(List<ZipItem> items, long end) throws ArchiveException {
    items.sort(Comparator.comparingLong(ZipItem::headerAt));
    List<ZipItem> files = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      ZipItem item = items.get(i);
      long next = i + 1 < items.size() ? items.get(i + 1).headerAt() : end;
      if (item.headerAt() < 0 || item.leastEnd() > next || item.leastEnd() < 0) {
        throw budget.fault(Fault.OVERLAP, "'" + item.path() + "' lies on another entry's bytes");
      }
      if (!item.folder()) {
        files.add(item.endingBy(next));
      }
    }
    return files;
  }

  private Extent extent() throws IOException {
    long length = file.size();
    int tail = (int) Math.min(length, END_SIZE + LONGEST_COMMENT);
    ByteBuffer bytes = bytes(length - tail, tail);
    for (int at = tail - END_SIZE; at >= 0; at--) {
      boolean found = bytes.getInt(at) == END && at + END_SIZE + unsigned16(bytes, at + 20) == tail;
      if (found) {
        return extent(bytes.position(at), length - tail + at);
      }
    }
    throw budget.fault(Fault.DAMAGED, "is no zip, or cut off");
  }

  private Extent extent(ByteBuffer bytes, long endAt) throws IOException {
    int at = bytes.position();
    long entries = unsigned16(bytes, at + 10);
    long size = unsigned32(bytes, at + 12);
    long offset = unsigned32(bytes, at + 16);
    int disks = unsigned16(bytes, at + 4) | unsigned16(bytes, at + 6);
    long end = endAt;
    boolean large = entries == 0xffff || size == MASK || offset == MASK || disks == 0xffff;
    if (large && endAt >= LOCATOR_SIZE) {
      ByteBuffer locator = bytes(endAt - LOCATOR_SIZE, LOCATOR_SIZE);
      if (locator.getInt(0) == LOCATOR) {
        end = locator.getLong(8);
        ByteBuffer record = bytes(end, END_64_SIZE);
        if (record.getInt(0) != END_64) {
          throw budget.fault(Fault.DAMAGED, "its 64-bit end is elsewhere");
        }
        disks = record.getInt(16) | record.getInt(20);
        size = record.getLong(40);
        offset = record.getLong(48);
      }
    }
    if (disks != 0) {
      throw budget.fault(Fault.UNSUPPORTED, "is one of several parts");
    }
    if (size < 0 || offset < 0 || offset + size != end) {
      throw budget.fault(Fault.DAMAGED, "its directory is not where it says");
    }
    return new Extent(offset, size);
  }

  private ZipItem entry(ByteBuffer bytes) throws ArchiveException {
    int at = bytes.position();
    boolean whole = bytes.remaining() >= ENTRY_SIZE && bytes.getInt(at) == ENTRY;
    int length =
        whole
            ? ENTRY_SIZE
                + unsigned16(bytes, at + 28)
                + unsigned16(bytes, at + 30)
                + unsigned16(bytes, at + 32)
            : 0;
    if (!whole || bytes.remaining() < length) {
      throw budget.fault(Fault.DAMAGED, "its directory is damaged");
    }
    ZipItem item = ZipItem.of(bytes.slice(at, length).order(ByteOrder.LITTLE_ENDIAN), budget);
    bytes.position(at + length);
    return item;
  }

  private ByteBuffer bytes(long from, int length) throws IOException {
    if (from < 0 || from + length > file.size()) {
      throw budget.fault(Fault.DAMAGED, "points outside of itself");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw budget.fault(Fault.DAMAGED, "is cut off");
      }
    }
    return buffer.flip();
  }

  static int unsigned16(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  static long unsigned32(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private record Extent(long offset, long size) {}
}
