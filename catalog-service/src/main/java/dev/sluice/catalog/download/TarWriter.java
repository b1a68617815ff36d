package dev.sluice.catalog.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar with PAX headers for names that are long or not ASCII and for sizes over 8 GiB. */
final class TarWriter implements ArchiveWriter {
  private static final int FILE_MODE = 0100644;
  private static final int RECORD = 512;

  /** 1980-01-01, as in a zip. */
  private static final FileTime DATE = FileTime.fromMillis(315_532_800_000L);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(out, RECORD, UTF_8.name());

  TarWriter() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  @Override
  public void whole(String path, byte[] content) throws IOException {
    begin(path, content.length);
    write(content, content.length);
    end();
  }

  @Override
  public void begin(String path, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
    entry.setSize(size);
    entry.setMode(FILE_MODE);
    entry.setLastModifiedTime(DATE);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  @Override
  public void write(byte[] buffer, int length) throws IOException {
    tar.write(buffer, 0, length);
  }

  @Override
  public void end() throws IOException {
    tar.closeArchiveEntry();
  }

  @Override
  public InputStream trailer() {
    return new ByteArrayInputStream(new byte[2 * RECORD]);
  }

  @Override
  public void trail(byte[] buffer, int length) {
    out.write(buffer, 0, length);
  }

  @Override
  public int waiting() {
    return out.size();
  }

  @Override
  public byte[] take() {
    byte[] bytes = out.toByteArray();
    out.reset();
    return bytes;
  }

  @Override
  public void close() {
    // Nothing is held outside memory; closing the tar would write another end.
  }
}
