package dev.sluice.processing.ray;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Sluice's own Python program as a zip with the same bytes on every machine, so that its name, made
 * from its digest, tells whether a cluster has it.
 */
public final class ProgramPackage {
  private static final String RESOURCE = "/sluice-program.zip";
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final String name;
  private final byte[] zip;

  private ProgramPackage(String name, byte[] zip) {
    this.name = name;
    this.zip = zip;
  }

  /** Name of the package at Ray. */
  String name() {
    return name;
  }

  /** Its bytes. */
  public byte[] zip() {
    return zip.clone();
  }

  /** The package in this service's jar. */
  public static ProgramPackage fromJar() {
    try (InputStream in = ProgramPackage.class.getResourceAsStream(RESOURCE)) {
      return of(Objects.requireNonNull(in, "no " + RESOURCE + " in this build").readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the Python program cannot be read", e);
    }
  }

  /** The same files in a zip whose order and times are fixed. */
  static ProgramPackage of(byte[] anyZip) throws IOException {
    byte[] zip = written(entries(anyZip));
    return new ProgramPackage(JobPackage.nameOf(digest(zip)), zip);
  }

  /** Where Ray finds it once it was uploaded. */
  String uri() {
    return JobPackage.uriOf(name);
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return files;
  }

  private static byte[] written(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
