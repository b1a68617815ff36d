package dev.sluice.upload.archive;

import dev.sluice.upload.archive.ArchiveException.Fault;
import dev.sluice.upload.file.FilePath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Counts what goes into and comes out of an archive, and ends it at the limits. */
final class Budget {
  private static final long FREE = 1 << 20;

  private final String archive;
  private final ArchiveLimits limits;
  private final Set<String> paths = new HashSet<>();
  private long in;
  private long out;
  private int entries;

  Budget(String archive, ArchiveLimits limits) {
    this.archive = archive;
    this.limits = limits;
  }

  /** Bytes of the archive that have been read. */
  void in(long bytes) {
    in += bytes;
  }

  /** Bytes that came out. */
  void out(long bytes) throws ArchiveException {
    out += bytes;
    if (out > limits.maxBytes()) {
      throw fault(Fault.SIZE, "more than " + limits.maxBytes() + " bytes expanded");
    }
    if ((out - FREE) / limits.maxRatio() > in) {
      throw fault(
          Fault.RATIO,
          "%d bytes out of %d: more than %d for one".formatted(out, in, limits.maxRatio()));
    }
  }

  /** Bytes that the archive says will come out. */
  void claim(String name, long bytes) throws ArchiveException {
    if (bytes < 0 || bytes > limits.maxBytes() - out) {
      throw fault(
          Fault.SIZE, "'%s' has %d bytes, of %d".formatted(shown(name), bytes, limits.maxBytes()));
    }
  }

  /** One more entry of whatever kind. */
  void entry() throws ArchiveException {
    entries++;
    if (entries > limits.maxFiles()) {
      throw fault(Fault.COUNT, "more than " + limits.maxFiles() + " entries");
    }
  }

  /** The path of a file's name, which no other file has. */
  String path(String name) throws ArchiveException {
    String path = checked(name);
    if (!paths.add(path)) {
      throw fault(Fault.OVERLAP, "two files are named '" + shown(path) + "'");
    }
    return path;
  }

  /** Checks a folder's name as if it were a file's. */
  void folder(String name) throws ArchiveException {
    String bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (!bare.equals(".") && !bare.isEmpty()) {
      checked(bare);
    }
    if (bare.isEmpty() && !name.isEmpty()) {
      throw fault(Fault.NAME, "a folder is named '/'");
    }
  }

  private String checked(String name) throws ArchiveException {
    String bare = name.startsWith("./") ? name.substring(2) : name;
    Optional<String> wanted = FilePath.faultOf(bare);
    if (wanted.isPresent()) {
      throw fault(
          Fault.NAME, "name '%s': wanted is %s".formatted(shown(name), wanted.orElseThrow()));
    }
    return FilePath.of(bare).value();
  }

  /** The text of a name: UTF-8 where it is, else one character for each byte. */
  static String text(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      return new String(name, StandardCharsets.ISO_8859_1);
    }
  }

  ArchiveException fault(Fault fault, String message) {
    return new ArchiveException(fault, "archive '" + shown(archive) + "': " + message);
  }

  private static String shown(String text) {
    String safe = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?");
    return safe.length() <= 200 ? safe : safe.substring(0, 200) + "…";
  }
}
