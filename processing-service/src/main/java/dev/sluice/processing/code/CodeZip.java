package dev.sluice.processing.code;

import dev.sluice.processing.reservation.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip in a temporary file: no times, no owners, entries in the order they come. */
final class CodeZip {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Path file;
  private final ZipOutputStream out;

  CodeZip(Path file) throws IOException {
    this.file = file;
    this.out = new ZipOutputStream(Files.newOutputStream(file));
  }

  /** Adds a file; refused when the store holds other bytes than the version. */
  CodeZip add(InputFile wanted, byte[] bytes) {
    if (!sha256(bytes).equals(wanted.sha256())) {
      throw new CodeRefused(
          "working-dir-damaged", wanted.path() + ": the store holds other bytes than the version");
    }
    try {
      ZipEntry entry = new ZipEntry(wanted.path());
      entry.setTimeLocal(TIME);
      out.putNextEntry(entry);
      out.write(bytes);
      out.closeEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The complete file. */
  Path end() {
    try {
      out.close();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives up. */
  void drop() {
    try {
      out.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
