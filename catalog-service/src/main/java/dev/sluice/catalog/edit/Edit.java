package dev.sluice.catalog.edit;

import dev.sluice.catalog.edit.EditProblem.EditRefused;
import dev.sluice.catalog.file.FilePath;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One thing to do to a draft, checked as far as one can without looking at it. */
sealed interface Edit {
  Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Number of its line; the first is 1. */
  long line();

  /** The paths whose files it looks at. */
  List<PathKey> looksAt();

  /** An edit of one or two paths. */
  sealed interface OfPaths extends Edit {}

  /** An edit of all that lies in a folder. */
  sealed interface OfFolder extends Edit {
    @Override
    default List<PathKey> looksAt() {
      return List.of();
    }
  }

  /** The path gets the bytes. */
  record Put(long line, PathKey path, Source source) implements OfPaths {
    @Override
    public List<PathKey> looksAt() {
      return List.of(path);
    }
  }

  /** The file goes. */
  record Remove(long line, PathKey path) implements OfPaths {
    @Override
    public List<PathKey> looksAt() {
      return List.of(path);
    }
  }

  /** The file goes to where none is. */
  record Move(long line, PathKey path, PathKey to) implements OfPaths {
    @Override
    public List<PathKey> looksAt() {
      return List.of(path, to);
    }
  }

  /** All files of the folder go. */
  record RemoveFolder(long line, PathKey folder) implements OfFolder {}

  /** All files of the folder go to another, to where none is. */
  record MoveFolder(long line, PathKey folder, PathKey to) implements OfFolder {}

  /** Where the bytes of a put are. */
  sealed interface Source {}

  /** Any object of the project with these bytes. */
  record Bytes(String sha256, long size) implements Source {}

  /** This object of the project. */
  record Key(String objectKey) implements Source {}

  /** A file of another version; without a dataset, of this one. */
  record Other(@Nullable String dataset, String version, String path) implements Source {}

  static Edit of(long number, String text) {
    EditLine line = EditLine.of(number, text);
    String op = Objects.requireNonNullElse(line.op(), "");
    boolean folder = Boolean.TRUE.equals(line.prefix());
    return switch (op) {
      case "put" -> new Put(number, path(number, "path", line.path()), source(number, line));
      case "remove" ->
          folder
              ? new RemoveFolder(number, folder(number, "path", line.path()))
              : new Remove(number, path(number, "path", line.path()));
      case "move" ->
          folder
              ? new MoveFolder(
                  number, folder(number, "path", line.path()), folder(number, "to", line.to()))
              : new Move(number, path(number, "path", line.path()), path(number, "to", line.to()));
      default -> throw new EditRefused(number, "op", line.op(), "put, remove or move").exception();
    };
  }

  private static PathKey path(long number, String field, @Nullable String value) {
    try {
      return PathKey.of(FilePath.of(Objects.requireNonNullElse(value, "")).value());
    } catch (ProblemException e) {
      throw new EditRefused(number, field, value, e.problem().errors().getFirst().allowed())
          .exception();
    }
  }

  private static PathKey folder(long number, String field, @Nullable String value) {
    if (value == null || !value.endsWith("/")) {
      throw new EditRefused(number, field, value, "a folder with '/' at its end").exception();
    }
    return PathKey.of(path(number, field, value.substring(0, value.length() - 1)) + "/");
  }

  private static Source source(long number, EditLine line) {
    int named =
        (line.sha256() == null ? 0 : 1)
            + (line.objectKey() == null ? 0 : 1)
            + (line.from() == null ? 0 : 1);
    if (named != 1 || Boolean.TRUE.equals(line.prefix())) {
      throw new EditRefused(
              number, "op", "put", "one of sha256 with size, objectKey or from, without prefix")
          .exception();
    }
    EditLine.From from = line.from();
    String key = line.objectKey();
    if (from != null) {
      return other(number, line, from);
    }
    return key == null ? bytes(number, line) : new Key(key);
  }

  private static Source bytes(long number, EditLine line) {
    String sha256 = String.valueOf(line.sha256());
    Long size = line.size();
    if (!SHA256.matcher(sha256).matches()) {
      throw new EditRefused(number, "sha256", sha256, "64 lower-case hex digits").exception();
    }
    if (size == null || size < 0) {
      throw new EditRefused(number, "size", size == null ? null : size.toString(), "0 or more")
          .exception();
    }
    return new Bytes(sha256, size);
  }

  private static Source other(long number, EditLine line, EditLine.From from) {
    String version = from.version();
    if (version == null) {
      throw new EditRefused(number, "from.version", null, "v1, v2, … or latest").exception();
    }
    String path = from.path() == null ? line.path() : from.path();
    return new Other(from.dataset(), version, path(number, "from.path", path).toString());
  }
}
