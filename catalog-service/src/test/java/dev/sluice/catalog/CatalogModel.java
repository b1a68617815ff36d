package dev.sluice.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a catalog should do, in maps: right by being simple. Answers are HTTP status codes. */
final class CatalogModel {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int REFUSED = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final Map<String, TreeMap<Integer, Version>> lines = new HashMap<>();

  enum State {
    DRAFT,
    SEALED,
    RELEASED,
    WITHDRAWN,
    DROPPED
  }

  /** A version; contents by path, in the order of UTF-8. */
  static final class Version {
    State state = State.DRAFT;
    NavigableMap<String, Integer> files = CatalogModel.files();

    boolean visible() {
      return state != State.DROPPED;
    }

    boolean isFinal() {
      return state != State.DRAFT && visible();
    }
  }

  /** An edit of one path. */
  sealed interface Edit {
    record Put(String path, int content) implements Edit {}

    record Remove(String path) implements Edit {}

    record Move(String path, String to) implements Edit {}
  }

  static NavigableMap<String, Integer> files() {
    return new TreeMap<>((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
  }

  void dataset(String name) {
    lines.put(name, new TreeMap<>());
  }

  NavigableMap<Integer, Version> line(String dataset) {
    return Objects.requireNonNull(lines.get(dataset), dataset);
  }

  @Nullable Version visible(String dataset, int number) {
    Version version = line(dataset).get(number);
    return version != null && version.visible() ? version : null;
  }

  int open(String dataset, @Nullable Integer parent) {
    Version draft = new Version();
    if (parent != null) {
      Version from = visible(dataset, parent);
      if (from == null) {
        return NOT_FOUND;
      }
      if (from.state == State.DRAFT || from.state == State.WITHDRAWN) {
        return CONFLICT;
      }
      draft.files.putAll(from.files);
    }
    if (line(dataset).values().stream().anyMatch(v -> v.state == State.DRAFT)) {
      return CONFLICT;
    }
    line(dataset).put(line(dataset).isEmpty() ? 1 : line(dataset).lastKey() + 1, draft);
    return CREATED;
  }

  int edit(String dataset, int number, List<Edit> edits) {
    Version draft = visible(dataset, number);
    if (draft == null) {
      return NOT_FOUND;
    }
    if (draft.isFinal()) {
      return CONFLICT;
    }
    NavigableMap<String, Integer> files = files();
    files.putAll(draft.files);
    for (Edit edit : edits) {
      boolean done =
          switch (edit) {
            case Edit.Put put -> {
              files.put(put.path(), put.content());
              yield true;
            }
            case Edit.Remove remove -> files.remove(remove.path()) != null;
            case Edit.Move move -> move(files, move);
          };
      if (!done) {
        return REFUSED;
      }
    }
    if (conflicts(files)) {
      return CONFLICT;
    }
    draft.files = files;
    return OK;
  }

  private static boolean move(NavigableMap<String, Integer> files, Edit.Move move) {
    Integer content = files.remove(move.path());
    return content != null && files.putIfAbsent(move.to(), content) == null;
  }

  private static boolean conflicts(NavigableMap<String, Integer> files) {
    return files.keySet().stream()
        .anyMatch(
            path -> {
              String below = files.ceilingKey(path + "/");
              return below != null && below.startsWith(path + "/");
            });
  }

  int remove(String dataset, int number, String path) {
    Version draft = visible(dataset, number);
    if (draft == null) {
      return NOT_FOUND;
    }
    if (draft.isFinal()) {
      return CONFLICT;
    }
    return draft.files.remove(path) == null ? NOT_FOUND : NO_CONTENT;
  }

  int seal(String dataset, int number, int expectedFiles) {
    if (expectedFiles < 1) {
      return REFUSED;
    }
    Version draft = visible(dataset, number);
    if (draft == null) {
      return NOT_FOUND;
    }
    if (draft.files.size() != expectedFiles) {
      return CONFLICT;
    }
    if (draft.state == State.DRAFT) {
      draft.state = State.SEALED;
    }
    return OK;
  }

  int release(String dataset, int number) {
    Version version = visible(dataset, number);
    if (version == null) {
      return NOT_FOUND;
    }
    if (version.state == State.DRAFT || version.state == State.WITHDRAWN) {
      return CONFLICT;
    }
    version.state = State.RELEASED;
    return OK;
  }

  int withdraw(String dataset, int number) {
    Version version = visible(dataset, number);
    if (version == null) {
      return NOT_FOUND;
    }
    if (version.state == State.DRAFT) {
      return CONFLICT;
    }
    version.state = State.WITHDRAWN;
    return OK;
  }

  int drop(String dataset, int number) {
    Version version = visible(dataset, number);
    if (version == null) {
      return NOT_FOUND;
    }
    if (version.isFinal()) {
      return CONFLICT;
    }
    version.state = State.DROPPED;
    return NO_CONTENT;
  }
}
