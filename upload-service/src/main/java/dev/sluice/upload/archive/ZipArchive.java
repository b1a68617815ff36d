package dev.sluice.upload.archive;

import static dev.sluice.upload.archive.ZipDirectory.unsigned16;

import dev.sluice.upload.archive.ArchiveException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip, copied to a temporary file first: only the directory at its end says what is in it, and
 * readers that believe the headers in between can be shown something else.
 */
final class ZipArchive implements Archive {
  private static final int LOCAL = 0x04034b50;
  private static final int BUFFER = 64 << 10;

  private final FileChannel file;
  private final Budget budget;
  private final Iterator<ZipItem> items;
  private @Nullable Inflater inflater;

  private ZipArchive(FileChannel file, Budget budget) throws IOException {
    this.file = file;
    this.budget = budget;
    this.items = new ZipDirectory(file, budget).read().iterator();
  }

  /** Opens a zip of at most {@code most} bytes. */
  static ZipArchive of(InputStream bytes, Budget budget, long most) throws IOException {
    Path spool = Files.createTempFile("sluice-archive", ".zip");
    FileChannel file =
        FileChannel.open(
            spool,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      spool(bytes, file, budget, most);
      return new ZipArchive(file, budget);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void spool(InputStream bytes, FileChannel file, Budget budget, long most)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
      total += count;
      if (total > most) {
        throw budget.fault(Fault.SIZE, "has more than " + most + " bytes itself");
      }
      ByteBuffer block = ByteBuffer.wrap(buffer, 0, count);
      while (block.hasRemaining()) {
        file.write(block);
      }
    }
  }

  @Override
  public Optional<ArchiveFile> next() throws IOException {
    endInflater();
    if (!items.hasNext()) {
      return Optional.empty();
    }
    ZipItem item = items.next();
    budget.in(item.packed());
    InputStream packed = new Section(contentAt(item), item.packed());
    return Optional.of(new ArchiveFile(item.path(), item.size(), expanded(item, packed)));
  }

  private long contentAt(ZipItem item) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(ZipItem.LOCAL_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    int count = file.read(header, item.headerAt());
    boolean fine =
        count == ZipItem.LOCAL_SIZE
            && header.getInt(0) == LOCAL
            && unsigned16(header, 8) == item.method()
            && unsigned16(header, 26) == item.nameLength();
    if (!fine) {
      throw budget.fault(Fault.DAMAGED, "'" + item.path() + "' is not where the directory says");
    }
    long at = item.headerAt() + ZipItem.LOCAL_SIZE + item.nameLength() + unsigned16(header, 28);
    if (at + item.packed() > item.endsBy()) {
      throw budget.fault(Fault.OVERLAP, "'" + item.path() + "' lies on another entry's bytes");
    }
    return at;
  }

  private InputStream expanded(ZipItem item, InputStream packed) throws IOException {
    InputStream content =
        item.method() == ZipItem.STORED
            ? Decompression.named(() -> packed, budget)
            : Decompression.named(
                () -> {
                  Inflater fresh = new Inflater(true);
                  inflater = fresh;
                  return new InflaterInputStream(packed, fresh, BUFFER);
                },
                budget);
    return new Checked(item, content);
  }

  private void endInflater() {
    Inflater old = inflater;
    if (old != null) {
      old.end();
      inflater = null;
    }
  }

  @Override
  public void close() throws IOException {
    endInflater();
    file.close();
  }

  /** Bytes of the spooled file. */
  private final class Section extends BlockStream {
    private long at;
    private long left;

    Section(long at, long length) {
      this.at = at;
      this.left = length;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = file.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, left)), at);
      if (count > 0) {
        at += count;
        left -= count;
      }
      return count;
    }
  }

  /** Has the size and the checksum that the directory says, or fails. */
  private final class Checked extends BlockStream {
    private final ZipItem item;
    private final InputStream in;
    private final CRC32 crc = new CRC32();
    private long count;

    Checked(ZipItem item, InputStream in) {
      this.item = item;
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int got = in.read(bytes, offset, length);
      if (got > 0) {
        count += got;
        crc.update(bytes, offset, got);
      }
      boolean wrong =
          count > item.size()
              || (got < 0 && (count != item.size() || crc.getValue() != item.crc()));
      if (wrong) {
        throw budget.fault(
            Fault.DAMAGED, "'" + item.path() + "' is not of the size and checksum it says");
      }
      return got;
    }
  }
}
