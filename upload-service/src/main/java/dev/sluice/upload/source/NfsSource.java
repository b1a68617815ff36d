package dev.sluice.upload.source;

import dev.sluice.support.nfs.NfsException;
import dev.sluice.support.nfs.NfsFile;
import dev.sluice.support.nfs.NfsFile.Kind;
import dev.sluice.support.nfs.NfsPlace;
import dev.sluice.support.nfs.NfsServer;
import dev.sluice.support.nfs.NfsSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The regular files of a folder of an NFS 3 server, folders below included, or one file; read by a
 * client of our own, without a mount.
 *
 * <p>Links, devices and pipes are passed over, and none is followed on the way. A file is pinned to
 * its time of change, size and identity, which every block is compared with.
 */
final class NfsSource implements Source {
  private static final int DEEPEST = 64;

  private final NfsServer server;
  private final NfsPlace place;
  private final ListLimits limits;
  private final Object mounting = new Object();
  private NfsServer.@Nullable Root root;

  NfsSource(NfsServer server, NfsPlace place, ListLimits limits) {
    this.server = server;
    this.place = place;
    this.limits = limits;
  }

  @Override
  public Iterator<SourceFile> files() throws SourceException {
    try (NfsSession session = asked(server::session)) {
      NfsFile top = top(session);
      if (top.kind() == Kind.REGULAR) {
        String name = place.path().getLast();
        return limits.wants(name)
            ? List.of(listed(name, top)).iterator()
            : List.<SourceFile>of().iterator();
      }
      if (top.kind() == Kind.OTHER) {
        throw new SourceException.Refused(place.shown() + ": neither a folder nor a regular file");
      }
      Deque<Found> open = new ArrayDeque<>();
      open.push(new Found("", top, 0));
      return new FileIterator(limits, () -> next(open));
    }
  }

  private Optional<SourceFile> next(Deque<Found> open) throws SourceException {
    while (!open.isEmpty()) {
      Found found = open.pop();
      if (found.file.kind() == Kind.FOLDER) {
        openFolder(found, open);
      } else if (found.file.kind() == Kind.REGULAR && limits.wants(found.path)) {
        return Optional.of(listed(found.path, found.file));
      }
    }
    return Optional.empty();
  }

  private void openFolder(Found folder, Deque<Found> open) throws SourceException {
    if (folder.depth >= DEEPEST) {
      throw new SourceException.TooLarge(
          place.shown() + ": folders deeper than " + DEEPEST + ", or in a circle");
    }
    try (NfsSession session = asked(server::session)) {
      List<NfsSession.Entry> entries =
          asked(() -> session.entries(folder.file, Math.max(0, limits.maxFiles() - open.size())));
      entries.sort(Comparator.comparing(NfsSession.Entry::name).reversed());
      for (NfsSession.Entry entry : entries) {
        if (entry.name().indexOf('/') >= 0) {
          throw new SourceException.Invalid(place.shown() + ": a name with a slash");
        }
        String path = folder.path.isEmpty() ? entry.name() : folder.path + "/" + entry.name();
        open.push(new Found(path, entry.file(), folder.depth + 1));
      }
    }
  }

  private SourceFile listed(String text, NfsFile file) throws SourceException {
    String path = limits.path(text, place.shown() + "/" + Text.shown(text));
    if (!path.equals(text)) {
      throw new SourceException.Invalid(
          place.shown() + "/" + Text.shown(text) + ": wanted is a name in Unicode NFC");
    }
    limits.checkSize(path, file.size());
    return new SourceFile(path, file.size(), file.tag(), file.size() > 0, Optional.empty());
  }

  private NfsFile top(NfsSession session) throws SourceException {
    NfsServer.Root from = root();
    NfsFile at = asked(() -> session.attributes(from.handle()));
    for (String segment : from.rest()) {
      at = below(session, at, segment);
    }
    return at;
  }

  private NfsFile below(NfsSession session, NfsFile at, String segment) throws SourceException {
    if (at.kind() != Kind.FOLDER) {
      throw new SourceException.Refused(place.shown() + ": a link or a file on the way");
    }
    return asked(() -> session.lookUp(at, segment));
  }

  private NfsServer.Root root() throws SourceException {
    synchronized (mounting) {
      NfsServer.Root known = root;
      if (known == null) {
        known = asked(server::mount);
        root = known;
      }
      return known;
    }
  }

  @Override
  public InputStream open(SourceFile file, long offset, long length) throws SourceException {
    long count = length < 0 ? file.size() - offset : length;
    if (offset < 0 || count < 0 || offset + count > file.size()) {
      throw new IllegalArgumentException(
          "bytes %d+%d of a file of %d".formatted(offset, length, file.size()));
    }
    NfsSession session = asked(server::session);
    try {
      NfsFile at = top(session);
      if (at.kind() == Kind.FOLDER) {
        for (String segment : file.path().split("/", -1)) {
          at = below(session, at, segment);
        }
      }
      if (at.kind() != Kind.REGULAR || !at.tag().equals(file.tag())) {
        throw changed(file);
      }
      return MeasuredStream.exact(
          new Blocks(session, at, file, offset, count), place.shown(), count);
    } catch (SourceException e) {
      session.close();
      throw e;
    }
  }

  private SourceException changed(SourceFile file) {
    return new SourceException.Changed(
        place.shown() + ": '" + Text.shown(file.path()) + "' is no longer the one listed");
  }

  @Override
  public void close() {
    // Each reader has a connection of its own and closes it.
  }

  private static <T> T asked(Question<T> question) throws SourceException {
    try {
      return question.ask();
    } catch (NfsException e) {
      throw SourceException.of(e);
    }
  }

  /** Something that a server is asked. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws NfsException;
  }

  private record Found(String path, NfsFile file, int depth) {}

  /** Reads block after block, and stops at the first that is of another version. */
  private final class Blocks extends InputStream {
    private final NfsSession session;
    private final NfsFile handle;
    private final SourceFile file;
    private final long end;
    private long at;
    private byte[] block = new byte[0];
    private int used;

    Blocks(NfsSession session, NfsFile handle, SourceFile file, long offset, long count) {
      this.session = session;
      this.handle = handle;
      this.file = file;
      this.at = offset;
      this.end = offset + count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (used == block.length && at < end) {
        next();
      }
      if (used == block.length) {
        return -1;
      }
      int count = Math.min(length, block.length - used);
      System.arraycopy(block, used, bytes, offset, count);
      used += count;
      return count;
    }

    private void next() throws SourceException {
      int wanted = (int) Math.min(NfsSession.BLOCK, end - at);
      NfsSession.Block got = asked(() -> session.read(handle, at, wanted));
      boolean same = got.now().map(now -> now.tag().equals(file.tag())).orElse(true);
      if (!same || got.bytes().length > wanted || got.bytes().length == 0) {
        throw changed(file);
      }
      block = got.bytes();
      used = 0;
      at += block.length;
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
