package dev.sluice.upload.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of paths: {@code *} within a segment, {@code **} across segments, {@code ?} for one
 * character, {@code {a,b}} for either. Takes time in proportion to pattern and path, whatever they
 * are.
 */
final class Glob {
  private static final int LONGEST = 500;
  private static final int MOST_ALTERNATIVES = 100;
  // Tokens are characters that no path has.
  private static final char ONE = 1;
  private static final char WITHIN = 2;
  private static final char ANYTHING = 3;
  private static final char OPTIONAL = 4;
  private static final int AFTER_FOLDERS = 3;

  private final boolean nameOnly;
  private final List<int[]> alternatives;

  private Glob(boolean nameOnly, List<int[]> alternatives) {
    this.nameOnly = nameOnly;
    this.alternatives = alternatives;
  }

  /** The pattern of the text. */
  static Glob of(String text) throws SourceException.Invalid {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new SourceException.Invalid("glob: wanted are 1 to " + LONGEST + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new SourceException.Invalid("glob: no control characters");
    }
    List<String> patterns = expand(text);
    return new Glob(text.indexOf('/') < 0, patterns.stream().map(Glob::compile).toList());
  }

  private static List<String> expand(String text) throws SourceException.Invalid {
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(text));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      int from = next.indexOf('{');
      int to = next.indexOf('}', from + 1);
      if (from < 0) {
        done.add(next);
      } else if (to < 0 || next.substring(from + 1, to).indexOf('{') >= 0) {
        throw new SourceException.Invalid("glob '" + Text.shown(text) + "': unpaired or nested {");
      } else {
        for (String word : next.substring(from + 1, to).split(",", -1)) {
          open.add(next.substring(0, from) + word + next.substring(to + 1));
        }
      }
      if (open.size() + done.size() > MOST_ALTERNATIVES) {
        throw new SourceException.Invalid(
            "glob '" + Text.shown(text) + "': more than " + MOST_ALTERNATIVES + " alternatives");
      }
    }
    return done;
  }

  /** Whether the path is one of the pattern's. */
  boolean matches(String path) {
    String text = nameOnly ? path.substring(path.lastIndexOf('/') + 1) : path;
    int[] chars = text.codePoints().toArray();
    return alternatives.stream().anyMatch(pattern -> matches(pattern, chars));
  }

  private static int[] compile(String pattern) {
    String marked =
        pattern
            .replaceAll("(^|/)\\*\\*/", "$1" + OPTIONAL + ANYTHING + "/")
            .replaceAll("\\*\\*+", String.valueOf(ANYTHING))
            .replace('*', WITHIN)
            .replace('?', ONE);
    return marked.codePoints().toArray();
  }

  /** Follows all places of the pattern at once, as an automaton does. */
  private static boolean matches(int[] pattern, int[] text) {
    boolean[] at = new boolean[pattern.length + 1];
    at[0] = true;
    skipEmpty(pattern, at);
    for (int c : text) {
      boolean[] next = new boolean[pattern.length + 1];
      for (int i = 0; i < pattern.length; i++) {
        if (at[i]) {
          step(pattern[i], i, c, next);
        }
      }
      skipEmpty(pattern, next);
      at = next;
    }
    return at[pattern.length];
  }

  private static void step(int token, int i, int c, boolean[] next) {
    if (token == ANYTHING || (token == WITHIN && c != '/')) {
      next[i] = true;
    } else if (token == c || (token == ONE && c != '/')) {
      next[i + 1] = true;
    }
  }

  private static void skipEmpty(int[] pattern, boolean[] at) {
    for (int i = 0; i < pattern.length; i++) {
      if (at[i] && (pattern[i] == ANYTHING || pattern[i] == WITHIN)) {
        at[i + 1] = true;
      } else if (at[i] && pattern[i] == OPTIONAL) {
        at[i + 1] = true;
        at[i + AFTER_FOLDERS] = true;
      }
    }
  }
}
