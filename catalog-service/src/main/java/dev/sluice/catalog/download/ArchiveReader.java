package dev.sluice.catalog.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.download.StoredContent.Opener;
import dev.sluice.catalog.file.ListedFile;
import dev.sluice.catalog.file.VersionFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an archive block by block, whenever somebody asks for the next: it holds a block and one
 * small file at most. It works for one thread at a time, whichever.
 */
final class ArchiveReader implements Closeable {
  /** The entry that lists files whose bytes were erased. */
  static final String ERASED = "sluice-erased.txt";

  private static final int BLOCK = 256 * 1024;
  private static final int BUFFER = 64 * 1024;

  /** Files up to here are read as a whole, so that their checks come before their first byte. */
  private static final int SMALL = 1024 * 1024;

  private final ArchiveWriter writer;
  private final Opener opener;
  private final byte[] buffer = new byte[BUFFER];
  private final Deque<ListedFile> files = new ArrayDeque<>();
  private final Spool erased = new Spool();
  private String erasedName = ERASED;
  private @Nullable StoredContent content;
  private @Nullable InputStream trailer;
  private boolean more = true;
  private boolean done;

  ArchiveReader(ArchiveWriter writer, Opener opener) {
    this.writer = writer;
    this.opener = opener;
  }

  /** Whether it cannot go on without more files. */
  synchronized boolean hungry() {
    return more && files.isEmpty() && content == null;
  }

  /**
   * The files that come next, in the order of their paths.
   *
   * @param others whether still more follow
   */
  synchronized void feed(List<ListedFile> next, boolean others) {
    files.addAll(next);
    more = others;
  }

  /** Whether the last block was made. */
  synchronized boolean done() {
    return done;
  }

  /**
   * The next block; short, or even empty, before it is hungry and at the end.
   *
   * @throws IOException when the bytes of a file are not there or not those of the manifest; what
   *     was made until then is no archive
   */
  synchronized byte[] next() throws IOException {
    while (writer.waiting() < BLOCK && !done && !hungry()) {
      step();
    }
    return writer.take();
  }

  private void step() throws IOException {
    if (content != null) {
      copy(content);
    } else if (!files.isEmpty()) {
      begin(files.remove());
    } else if (trailer == null) {
      listErased();
      trailer = writer.trailer();
    } else {
      end(trailer);
    }
  }

  private void begin(ListedFile file) throws IOException {
    if (file.path().equals(erasedName)) {
      erasedName = "~" + erasedName;
    }
    if (Boolean.TRUE.equals(file.erased())) {
      erased.write((file.sha256() + "  " + file.path() + "\n").getBytes(UTF_8));
      return;
    }
    StoredContent opened = new StoredContent(fileOf(file), opener);
    if (file.size() > SMALL) {
      content = opened;
      writer.begin(file.path(), file.size());
      return;
    }
    try (opened) {
      writer.whole(file.path(), all(opened, (int) file.size()));
    }
  }

  private byte[] all(StoredContent opened, int size) throws IOException {
    byte[] all = new byte[size];
    int done = 0;
    for (int n = opened.read(buffer); n >= 0; n = opened.read(buffer)) {
      System.arraycopy(buffer, 0, all, done, n);
      done += n;
    }
    return all;
  }

  private void copy(StoredContent from) throws IOException {
    int n = from.read(buffer);
    if (n >= 0) {
      writer.write(buffer, n);
      return;
    }
    writer.end();
    from.close();
    content = null;
  }

  private void listErased() throws IOException {
    if (erased.size() == 0) {
      return;
    }
    writer.begin(erasedName, erased.size());
    try (InputStream list = erased.read()) {
      for (int n = list.read(buffer); n >= 0; n = list.read(buffer)) {
        writer.write(buffer, n);
      }
    }
    writer.end();
  }

  private void end(InputStream rest) throws IOException {
    int n = rest.read(buffer);
    if (n >= 0) {
      writer.trail(buffer, n);
    } else {
      done = true;
    }
  }

  private static VersionFile fileOf(ListedFile file) {
    return new VersionFile(
        file.path(),
        file.size(),
        file.sha256(),
        file.mediaType(),
        file.objectKey(),
        file.crc32c(),
        file.rows());
  }

  @Override
  public synchronized void close() throws IOException {
    done = true;
    try (writer;
        erased) {
      if (content != null) {
        content.close();
      }
      if (trailer != null) {
        trailer.close();
      }
    }
  }
}
