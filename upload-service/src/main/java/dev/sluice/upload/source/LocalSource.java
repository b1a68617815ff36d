package dev.sluice.upload.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The regular files of a folder of this server, or one file, under a folder that an administrator
 * allows. Links are neither listed nor followed below the allowed folder.
 */
final class LocalSource implements Source {
  private static final int DEEPEST = 64;

  private final Path top;
  private final ListLimits limits;

  private LocalSource(Path top, ListLimits limits) {
    this.top = top;
    this.limits = limits;
  }

  /** The place of a {@code file:} URL. */
  static LocalSource of(URI url, List<Path> allowed, ListLimits limits) throws SourceException {
    boolean plain =
        url.getRawQuery() == null
            && url.getRawFragment() == null
            && Optional.ofNullable(url.getRawAuthority()).orElse("").isEmpty();
    String text = Optional.ofNullable(url.getPath()).orElse("");
    if (!plain || !text.startsWith("/") || text.indexOf(0) >= 0) {
      throw new SourceException.Refused("wanted is file:///path, without host, query and fragment");
    }
    Path path = Path.of(text);
    boolean inside = path.equals(path.normalize()) && allowed.stream().anyMatch(path::startsWith);
    if (!inside) {
      throw new SourceException.Refused(
          "'" + Text.shown(text) + "' is not allowed: sluice.import.allowed-paths");
    }
    Path root = allowed.stream().filter(path::startsWith).findFirst().orElseThrow();
    checkReal(path, root);
    return new LocalSource(path, limits);
  }

  /** No link may lie between the allowed folder and the path. */
  private static void checkReal(Path path, Path root) throws SourceException {
    try {
      Path real = root.toRealPath().resolve(root.relativize(path)).normalize();
      if (!path.toRealPath().equals(real)) {
        throw new SourceException.Refused("'" + Text.shown(path.toString()) + "' has a link in it");
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  @Override
  public Iterator<SourceFile> files() throws SourceException {
    BasicFileAttributes attributes = attributes(top);
    if (attributes.isRegularFile()) {
      String name = String.valueOf(top.getFileName());
      return limits.wants(name)
          ? List.of(listed(name, top, attributes)).iterator()
          : List.<SourceFile>of().iterator();
    }
    Deque<Path> open = new ArrayDeque<>(List.of(top));
    return new FileIterator(limits, () -> next(open));
  }

  private Optional<SourceFile> next(Deque<Path> open) throws SourceException {
    while (!open.isEmpty()) {
      Path path = open.pop();
      BasicFileAttributes attributes = attributes(path);
      if (attributes.isDirectory()) {
        openFolder(path, open);
      } else if (attributes.isRegularFile()) {
        String name = top.relativize(path).toString();
        if (limits.wants(name)) {
          return Optional.of(listed(name, path, attributes));
        }
      }
    }
    return Optional.empty();
  }

  private void openFolder(Path folder, Deque<Path> open) throws SourceException {
    if (folder.getNameCount() - top.getNameCount() >= DEEPEST) {
      throw new SourceException.TooLarge("folders deeper than " + DEEPEST);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      entries.sorted(Comparator.reverseOrder()).forEach(open::push);
    } catch (IOException e) {
      throw failed(folder, e);
    }
    limits.checkCount(open.size());
  }

  private SourceFile listed(String name, Path path, BasicFileAttributes attributes)
      throws SourceException {
    String normal = limits.path(name, Text.shown(path.toString()));
    if (!normal.equals(name)) {
      throw new SourceException.Invalid(Text.shown(name) + ": wanted is a name in Unicode NFC");
    }
    limits.checkSize(normal, attributes.size());
    return new SourceFile(
        normal, attributes.size(), tag(attributes), attributes.size() > 0, Optional.empty());
  }

  private static String tag(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)
        + ":"
        + attributes.size()
        + ":"
        + attributes.fileKey();
  }

  @Override
  public InputStream open(SourceFile file, long offset, long length) throws SourceException {
    long count = length < 0 ? file.size() - offset : length;
    if (offset < 0 || count < 0 || offset + count > file.size()) {
      throw new IllegalArgumentException(
          "bytes %d+%d of a file of %d".formatted(offset, length, file.size()));
    }
    Path path = attributes(top).isRegularFile() ? top : top.resolve(file.path()).normalize();
    if (!path.startsWith(top)) {
      throw new SourceException.Refused("'" + Text.shown(file.path()) + "' leads elsewhere");
    }
    try {
      checkReal(path, top);
      SeekableByteChannel channel =
          Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      InputStream in = Channels.newInputStream(channel.position(offset));
      if (!tag(attributes(path)).equals(file.tag())) {
        in.close();
        throw changed(file);
      }
      return MeasuredStream.exact(
          new Pinned(in, path, file, count), Text.shown(file.path()), count);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static SourceException changed(SourceFile file) {
    return new SourceException.Changed(
        "'" + Text.shown(file.path()) + "' is no longer the one listed");
  }

  private static BasicFileAttributes attributes(Path path) throws SourceException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static SourceException failed(Path path, IOException e) {
    String shown = "'" + Text.shown(path.toString()) + "'";
    return SourceException.in(e)
        .orElseGet(
            () ->
                e instanceof NoSuchFileException || e instanceof AccessDeniedException
                    ? new SourceException.Gone(shown + " is not there, or not to be read")
                    : new SourceException.Unreachable(shown + ": cannot be read", e));
  }

  @Override
  public void close() {
    // Each reader closes its own file.
  }

  /** Ends after the bytes wanted, and only if the file is still the one listed. */
  private static final class Pinned extends InputStream {
    private final InputStream in;
    private final Path path;
    private final SourceFile file;
    private long left;

    Pinned(InputStream in, Path path, SourceFile file, long count) {
      this.in = in;
      this.path = path;
      this.file = file;
      this.left = count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = left == 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      if ((count < 0 || left == 0) && !tag(attributes(path)).equals(file.tag())) {
        throw changed(file);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
