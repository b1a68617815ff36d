package dev.sluice.local.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which a local stack keeps everything: data, logs, pid files, ports and secrets.
 *
 * <p>It is made on first use, readable by its owner only.
 *
 * @param path absolute path of the folder
 */
public record StateFolder(Path path) {
  /** Makes the path absolute. */
  public StateFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** {@code $SLUICE_HOME}, else {@code .sluice} in the installation. */
  public static StateFolder of(Installation installation) {
    String home = System.getenv("SLUICE_HOME");
    return new StateFolder(
        home == null || home.isBlank() ? installation.root().resolve(".sluice") : Path.of(home));
  }

  /** A sub-folder, made when it is missing. */
  public Path folder(String name) {
    Path folder = path.resolve(name);
    try {
      return Files.createDirectories(folder, privateFolder());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make " + folder, e);
    }
  }

  /** The log file of a part. */
  public Path log(String part) {
    return folder("logs").resolve(part + ".log");
  }

  /** The pid file of a part. */
  public Path pidFile(String part) {
    return folder("run").resolve(part + ".pid");
  }

  /** Writes a file that only its owner can read, replacing an older one in one step. */
  public Path writePrivately(String name, String content) {
    Path target = path.resolve(name);
    try {
      Files.createDirectories(target.getParent(), privateFolder());
      Path fresh = target.resolveSibling(target.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, attributes("rw-------"));
      Files.writeString(fresh, content);
      return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + target, e);
    }
  }

  /** Deletes everything but the named entries; a folder that is missing is left missing. */
  public void wipe(List<String> kept) {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.toList()) {
        if (!kept.contains(entry.getFileName().toString())) {
          deleteTree(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot wipe " + path, e);
    }
  }

  private static void deleteTree(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static FileAttribute<?>[] privateFolder() {
    return attributes("rwx------");
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
