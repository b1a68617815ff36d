package dev.sluice.client.download;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that files go into. No path leads out of it, neither by its words nor by a link that
 * lies in the way; and where the disk does not tell large letters from small ones, no file takes
 * the place of another.
 */
public final class DownloadFolder {
  private final Path root;
  private final boolean foldsCase;
  private final Set<Path> folders = ConcurrentHashMap.newKeySet();
  private final Map<String, String> taken = new ConcurrentHashMap<>();

  DownloadFolder(Path root, boolean foldsCase) {
    this.root = root;
    this.foldsCase = foldsCase;
  }

  /** Makes the folder unless it is there. */
  public static DownloadFolder at(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.toAbsolutePath().normalize()).toRealPath();
    return new DownloadFolder(root, foldsCase(root));
  }

  private static boolean foldsCase(Path root) throws IOException {
    String name = ".sluice-" + UUID.randomUUID();
    Path probe = Files.createFile(root.resolve(name));
    try {
      return Files.exists(root.resolve(name.toUpperCase(Locale.ROOT)));
    } finally {
      Files.delete(probe);
    }
  }

  /**
   * Where a file goes.
   *
   * @param make whether the folders above are made
   * @throws DownloadFailedException when it must not go there
   */
  Path place(String path, boolean make) throws IOException {
    Path at = root;
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      at = at.resolve(safe(path, names[i]));
      if (make && i < names.length - 1) {
        enter(path, at);
      }
    }
    if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
      throw new DownloadFailedException("there is a folder of that name");
    }
    if (foldsCase) {
      String folded = Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
      String other = taken.putIfAbsent(folded, path);
      if (other != null && !other.equals(path)) {
        throw new DownloadFailedException(
            "this disk does not tell it from '" + other + "', which has its place");
      }
    }
    return at;
  }

  private Path safe(String path, String name) {
    try {
      Path one = root.getFileSystem().getPath(name);
      boolean plain = one.getNameCount() == 1 && !one.isAbsolute() && one.getRoot() == null;
      if (plain && !name.isEmpty() && !name.equals(".") && !name.equals("..")) {
        return one;
      }
    } catch (InvalidPathException e) {
      throw new DownloadFailedException("this disk has no such name: " + e.getMessage());
    }
    throw new DownloadFailedException("the path leads out of the folder: " + path);
  }

  private void enter(String path, Path folder) throws IOException {
    if (folders.contains(folder)) {
      return;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          throw new DownloadFailedException(
              "no folder but a file or a link lies at " + root.relativize(folder) + " in " + path);
        }
      }
    }
    folders.add(folder);
  }
}
