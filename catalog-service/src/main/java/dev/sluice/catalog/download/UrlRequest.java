package dev.sluice.catalog.download;

import dev.sluice.catalog.file.FilePath;
import dev.sluice.support.http.Cursor;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Of which files addresses are wanted: of these paths, or of all that match, page by page.
 *
 * @param paths at most 10,000, and then nothing else
 * @param globs a path must match one of them; none: all
 * @param prefix that paths must begin with, for example a folder
 * @param limit files of a page, 1 to 10,000
 * @param cursor of the page before
 */
@Schema(name = "DownloadRequest")
record UrlRequest(
    @Nullable List<String> paths,
    @Nullable List<String> globs,
    @Nullable String prefix,
    @Nullable Integer limit,
    @Nullable String cursor) {
  static final UrlRequest ALL = new UrlRequest(null, null, null, null, null);

  private static final int MOST = 10_000;
  private static final int USUAL = 1_000;

  /** The paths by name, each once; null when files are searched. 400 when something is wrong. */
  @Nullable List<String> named() {
    if (paths == null) {
      return null;
    }
    if (globs != null || prefix != null || limit != null || cursor != null) {
      throw InvalidRequest.of("paths", paths.size() + " paths", "nothing beside them").exception();
    }
    if (paths.stream().anyMatch(Objects::isNull)) {
      throw InvalidRequest.of("paths", "null", "paths of files").exception();
    }
    if (paths.isEmpty() || paths.size() > MOST) {
      throw InvalidRequest.of("paths", paths.size() + " paths", "1 to " + MOST).exception();
    }
    return paths.stream().map(path -> FilePath.of(path).value()).distinct().toList();
  }

  Selection selection() {
    return Selection.of(prefix, globs);
  }

  int checkedLimit() {
    int wanted = limit == null ? USUAL : limit;
    if (wanted < 1 || wanted > MOST) {
      throw InvalidRequest.of("limit", wanted, "1 to " + MOST).exception();
    }
    return wanted;
  }

  String after() {
    return cursor == null || cursor.isEmpty() ? "" : Cursor.decode(cursor);
  }
}
