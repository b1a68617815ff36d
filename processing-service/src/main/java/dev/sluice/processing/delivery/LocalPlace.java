package dev.sluice.processing.delivery;

import dev.sluice.support.chaos.CrashPoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A folder of this server. Every step from the root down is taken through an open folder and
 * follows no link, so that nobody who writes beside us leads a file out of it.
 */
final class LocalPlace implements Place {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
  private static final int BUFFER = 256 << 10;

  private final Path root;
  private final List<String> folder;
  private final TempName temp;
  private final Set<Path> touched = new HashSet<>();

  /**
   * A place.
   *
   * @param root that the administrator chose; must be there
   * @param folder below it; made when it is not there
   */
  LocalPlace(Path root, List<String> folder, TempName temp) throws IOException {
    this.root = root.toRealPath();
    this.folder = List.copyOf(folder);
    this.temp = temp;
  }

  @Override
  public boolean has(Item item) throws IOException {
    Path name = Path.of(item.name());
    try (SecureDirectoryStream<Path> at = open(item, false)) {
      BasicFileAttributeView view =
          at.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (!view.readAttributes().isRegularFile()) {
        throw DeliveryFault.refused(item.path() + ": something that is no file is in its place");
      }
      try (SeekableByteChannel channel = at.newByteChannel(name, READ)) {
        return channel.size() == item.size() && digest(channel).equals(item.sha256());
      }
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String digest(SeekableByteChannel channel) throws IOException {
    MessageDigest digest = CheckedStream.sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void put(Item item, Content content) throws IOException {
    Path written = Path.of(temp.of(item.name()));
    try (SecureDirectoryStream<Path> at = open(item, true)) {
      sweep(item);
      try {
        write(at, written, content);
        CrashPoint.hit("delivery.local.beforeRename");
        at.move(written, at, Path.of(item.name()));
      } catch (IOException e) {
        delete(at, written, e);
        throw e;
      }
    }
  }

  private static void write(SecureDirectoryStream<Path> at, Path name, Content content)
      throws IOException {
    try (InputStream in = content.open();
        SeekableByteChannel out = at.newByteChannel(name, WRITE)) {
      byte[] bytes = new byte[BUFFER];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
      if (out instanceof FileChannel file) {
        file.force(true);
      }
    }
  }

  private static void delete(SecureDirectoryStream<Path> at, Path name, IOException why) {
    try {
      at.deleteFile(name);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** What earlier tries of this delivery left in the folder goes. */
  private void sweep(Item item) throws IOException {
    Path path = pathOf(item);
    if (!touched.add(path)) {
      return;
    }
    try (SecureDirectoryStream<Path> at = open(item, false)) {
      for (Path entry : at) {
        Path name = entry.getFileName();
        if (temp.isLeftOver(name.toString())) {
          at.deleteFile(name);
        }
      }
    }
  }

  private Path pathOf(Item item) {
    Path path = root;
    for (String name : folder) {
      path = path.resolve(name);
    }
    for (String name : item.folders()) {
      path = path.resolve(name);
    }
    return path;
  }

  /** The folder that the file lies in. */
  private SecureDirectoryStream<Path> open(Item item, boolean make) throws IOException {
    SecureDirectoryStream<Path> at = secure(root);
    Path path = root;
    for (Path name : root.relativize(pathOf(item))) {
      if (name.toString().isEmpty()) {
        continue;
      }
      path = path.resolve(name);
      at = enter(at, path, make);
    }
    return at;
  }

  private SecureDirectoryStream<Path> enter(
      SecureDirectoryStream<Path> parent, Path path, boolean make) throws IOException {
    try (parent) {
      Path name = path.getFileName();
      try {
        return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        if (!make) {
          throw e;
        }
      }
      // Nothing is written through this path: a folder is all that could come to be elsewhere.
      make(path);
      return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private void make(Path path) throws IOException {
    try {
      Files.createDirectory(path);
      if (path.getParent() != null) {
        touched.add(path.getParent());
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw DeliveryFault.refused(
            root.relativize(path) + ": a link or a file is where a folder should be");
      }
    }
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  private static SecureDirectoryStream<Path> secure(Path folder) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw DeliveryFault.refused("this system has no safe way to write into folders");
  }

  @Override
  public void settle() throws IOException {
    for (Path path : touched) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
