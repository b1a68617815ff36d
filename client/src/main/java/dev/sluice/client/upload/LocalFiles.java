package dev.sluice.client.upload;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the files below some paths. A folder keeps its name ({@code docs} gives {@code docs/a.md}),
 * unless it is written with a slash or dot at its end ({@code docs/} gives {@code a.md}). Hidden
 * files and linked folders inside a folder are left out, and said to be.
 *
 * @param files sorted by path
 * @param leftOut outcomes of what is not going to be uploaded
 */
public record LocalFiles(List<LocalFile> files, List<UploadOutcome> leftOut) {

  public LocalFiles {
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Walks the given paths.
   *
   * @param prefix put before every path in the version; empty for none
   * @throws NoSuchFileException when a path does not exist
   */
  public static LocalFiles below(List<String> roots, String prefix) throws IOException {
    Walk walk = new Walk(prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    for (String root : roots) {
      walk.add(root);
    }
    walk.files.sort(Comparator.comparing(LocalFile::path));
    return new LocalFiles(walk.files, walk.leftOut);
  }

  /** Bytes of all files. */
  public long bytes() throws IOException {
    long sum = 0;
    for (LocalFile file : files) {
      sum += Files.size(file.source());
    }
    return sum;
  }

  private static final class Walk {

    private final String prefix;
    private final List<LocalFile> files = new ArrayList<>();
    private final List<UploadOutcome> leftOut = new ArrayList<>();

    Walk(String prefix) {
      this.prefix = prefix;
    }

    void add(String root) throws IOException {
      Path path = Path.of(root);
      if (Files.isDirectory(path)) {
        addFolder(path, root.endsWith("/") || root.endsWith(".") ? "" : path.getFileName() + "/");
      } else if (Files.isRegularFile(path)) {
        files.add(new LocalFile(path, prefix + path.getFileName()));
      } else {
        throw new NoSuchFileException(root, null, "no such file or folder");
      }
    }

    private void addFolder(Path folder, String name) throws IOException {
      Files.walkFileTree(folder, new Visitor(this, folder, prefix + name));
    }

    void visit(Path file, String path) {
      if (file.getFileName().toString().startsWith(".")) {
        leave(file, path, "hidden file");
      } else if (Files.isRegularFile(file)) {
        files.add(new LocalFile(file, path));
      } else {
        leave(file, path, "neither a file nor a folder, or a link to a folder");
      }
    }

    void leave(Path file, String path, String reason) {
      leftOut.add(UploadOutcome.ignored(new LocalFile(file, path), reason));
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {

    private final Walk walk;
    private final Path root;
    private final String prefix;

    Visitor(Walk walk, Path root, String prefix) {
      this.walk = walk;
      this.root = root;
      this.prefix = prefix;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!folder.equals(root) && folder.getFileName().toString().startsWith(".")) {
        walk.leave(folder, pathOf(folder), "hidden folder");
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      walk.visit(file, pathOf(file));
      return FileVisitResult.CONTINUE;
    }

    private String pathOf(Path file) {
      return prefix + root.relativize(file).toString().replace('\\', '/');
    }
  }
}
