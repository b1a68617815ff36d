package dev.sluice.catalog.download;

import dev.sluice.catalog.version.Glob;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a version are wanted.
 *
 * @param prefix that paths begin with
 * @param globs of which paths match one; none: every path matches
 */
record Selection(String prefix, List<Glob> globs) {
  private static final int MOST_GLOBS = 100;

  Selection {
    globs = List.copyOf(globs);
  }

  /** From a request; 400 when a pattern is none. */
  static Selection of(@Nullable String prefix, @Nullable List<String> globs) {
    List<String> patterns = globs == null ? List.of() : globs;
    if (patterns.size() > MOST_GLOBS) {
      throw InvalidRequest.of("globs", patterns.size(), "at most " + MOST_GLOBS).exception();
    }
    if (patterns.stream().anyMatch(Objects::isNull)) {
      throw InvalidRequest.of("globs", "null", "patterns of paths").exception();
    }
    return new Selection(
        prefix == null ? "" : prefix, patterns.stream().map(Glob::of).distinct().toList());
  }

  boolean has(String path) {
    return path.startsWith(prefix)
        && (globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(path)));
  }

  /** What every path that is wanted begins with. */
  String below() {
    String common = globs.stream().map(Glob::literal).reduce(Selection::commonBeginning).orElse("");
    return common.startsWith(prefix) ? common : prefix;
  }

  private static String commonBeginning(String one, String other) {
    int end = 0;
    while (end < Math.min(one.length(), other.length()) && one.charAt(end) == other.charAt(end)) {
      end++;
    }
    boolean inPair = end > 0 && Character.isHighSurrogate(one.charAt(end - 1));
    return one.substring(0, inPair ? end - 1 : end);
  }
}
