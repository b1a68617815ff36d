package dev.sluice.catalog.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.edit.Edit.OfFolder;
import dev.sluice.catalog.edit.Edit.OfPaths;
import dev.sluice.catalog.edit.EditProblem.EditRefused;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file of edits, block by block. Blocks. */
final class EditLines implements AutoCloseable {
  private static final int LONGEST = 16_384;
  private static final int BUFFER = 1 << 18;

  private final InputStream in;
  private final int most;
  private @Nullable OfFolder waiting;
  private long line;

  private EditLines(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /**
   * @param most edits of a block
   */
  static EditLines of(Path file, int most) {
    try {
      return new EditLines(new BufferedInputStream(Files.newInputStream(file), BUFFER), most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next block: edits of paths, or one of a folder; empty at the end. */
  List<Edit> next() {
    OfFolder folder = waiting;
    if (folder != null) {
      waiting = null;
      return List.of(folder);
    }
    List<Edit> block = new ArrayList<>();
    while (block.size() < most) {
      String text = line();
      if (text == null) {
        return block;
      }
      if (text.isBlank()) {
        continue;
      }
      switch (Edit.of(line, text)) {
        case OfPaths edit -> block.add(edit);
        case OfFolder edit -> {
          if (block.isEmpty()) {
            return List.of(edit);
          }
          waiting = edit;
          return block;
        }
      }
    }
    return block;
  }

  private @Nullable String line() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      line++;
      while (next >= 0 && next != '\n') {
        bytes.write(next);
        if (bytes.size() > LONGEST) {
          throw new EditRefused(line, "line", null, "at most " + LONGEST + " bytes").exception();
        }
        next = in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(UTF_8);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
