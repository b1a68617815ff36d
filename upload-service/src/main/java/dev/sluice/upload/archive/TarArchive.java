package dev.sluice.upload.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.upload.archive.ArchiveException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tar, read as it comes; nothing of it is kept but the names. */
final class TarArchive implements Archive {
  private static final int LONGEST_EXTENSION = 64 << 10;
  private static final int SKIP = 64 << 10;

  private final InputStream in;
  private final Budget budget;
  private @Nullable String longName;
  private long longSize = -1;
  private @Nullable Entry current;
  private long padding;

  TarArchive(InputStream in, Budget budget) {
    this.in = in;
    this.budget = budget;
  }

  @Override
  public Optional<ArchiveFile> next() throws IOException {
    finishCurrent();
    for (Optional<TarHeader> header = header(); header.isPresent(); header = header()) {
      Optional<ArchiveFile> file = entry(header.orElseThrow());
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  private Optional<TarHeader> header() throws IOException {
    byte[] block = in.readNBytes(TarHeader.SIZE);
    if (block.length < TarHeader.SIZE) {
      throw budget.fault(Fault.DAMAGED, "ends in the middle");
    }
    return TarHeader.isEnd(block) ? Optional.empty() : Optional.of(TarHeader.of(block, budget));
  }

  private Optional<ArchiveFile> entry(TarHeader header) throws IOException {
    if ("xgLKV".indexOf(header.type()) < 0) {
      budget.entry();
    }
    switch (header.type()) {
      case 'x' -> readExtensions(extension(header));
      case 'g' -> checkExtensions(extension(header));
      case 'L' -> longName = Budget.text(untilZero(extension(header)));
      case 'K', 'V' -> extension(header);
      case '5', 'D' -> {
        budget.folder(nameOf(header));
        skip(padded(sizeOf(header)));
        forget();
      }
      case '0', '\0', '7' -> {
        if (nameOf(header).endsWith("/")) {
          budget.folder(nameOf(header));
          skip(padded(sizeOf(header)));
          forget();
        } else {
          return Optional.of(file(header));
        }
      }
      case '1', '2' -> throw kind(header, "a link");
      case '3', '4' -> throw kind(header, "a device");
      case '6' -> throw kind(header, "a pipe");
      case 'S' -> throw budget.fault(Fault.UNSUPPORTED, "'" + header.name() + "' has holes");
      default -> throw kind(header, "of kind '" + (int) header.type() + "'");
    }
    return Optional.empty();
  }

  private ArchiveFile file(TarHeader header) throws ArchiveException {
    String path = budget.path(nameOf(header));
    long size = sizeOf(header);
    budget.claim(path, size);
    Entry entry = new Entry(size);
    current = entry;
    padding = padded(size) - size;
    forget();
    return new ArchiveFile(path, size, entry);
  }

  private ArchiveException kind(TarHeader header, String what) {
    return budget.fault(Fault.KIND, "'" + nameOf(header) + "' is " + what);
  }

  private String nameOf(TarHeader header) {
    return longName == null ? header.name() : longName;
  }

  private long sizeOf(TarHeader header) {
    return longSize < 0 ? header.size() : longSize;
  }

  private void forget() {
    longName = null;
    longSize = -1;
  }

  private static long padded(long size) {
    return Math.ceilDiv(size, TarHeader.SIZE) * TarHeader.SIZE;
  }

  private byte[] extension(TarHeader header) throws IOException {
    if (header.size() > LONGEST_EXTENSION) {
      throw budget.fault(Fault.SIZE, "a header of %d bytes: too long".formatted(header.size()));
    }
    byte[] bytes = in.readNBytes((int) header.size());
    skip(padded(header.size()) - header.size());
    if (bytes.length < header.size()) {
      throw budget.fault(Fault.DAMAGED, "ends in the middle");
    }
    return bytes;
  }

  private static byte[] untilZero(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  /** Lines {@code length key=value\n} of POSIX pax. */
  private void readExtensions(byte[] bytes) throws ArchiveException {
    int at = 0;
    while (at < bytes.length && bytes[at] != 0) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      String digits = new String(bytes, at, space - at, UTF_8);
      int length = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
      if (length <= space - at || at + length > bytes.length || bytes[at + length - 1] != '\n') {
        throw budget.fault(Fault.DAMAGED, "an extended header is damaged");
      }
      extend(Budget.text(Arrays.copyOfRange(bytes, space + 1, at + length - 1)));
      at += length;
    }
  }

  private void checkExtensions(byte[] bytes) throws ArchiveException {
    if (Budget.text(bytes).contains("GNU.sparse")) {
      throw budget.fault(Fault.UNSUPPORTED, "has files with holes");
    }
  }

  private void extend(String line) throws ArchiveException {
    int equals = line.indexOf('=');
    String key = equals < 0 ? line : line.substring(0, equals);
    String value = line.substring(equals + 1);
    if (key.startsWith("GNU.sparse")) {
      throw budget.fault(Fault.UNSUPPORTED, "has files with holes");
    } else if (key.equals("path")) {
      longName = value;
    } else if (key.equals("size")) {
      if (!value.matches("\\d{1,18}")) {
        throw budget.fault(Fault.DAMAGED, "a size in an extended header is none");
      }
      longSize = Long.parseLong(value);
    }
  }

  private void finishCurrent() throws IOException {
    Entry entry = current;
    if (entry != null) {
      skip(entry.left + padding);
      entry.left = 0;
      current = null;
    }
  }

  private void skip(long bytes) throws IOException {
    byte[] buffer = new byte[(int) Math.min(SKIP, Math.max(bytes, 1))];
    for (long left = bytes; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw budget.fault(Fault.DAMAGED, "ends in the middle");
      }
      left -= count;
    }
  }

  @Override
  public void close() {
    // The stream below belongs to the caller.
  }

  /** The bytes of one entry. */
  private final class Entry extends BlockStream {
    private long left;

    Entry(long size) {
      this.left = size;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw budget.fault(Fault.DAMAGED, "ends in the middle");
      }
      left -= count;
      return count;
    }
  }
}
