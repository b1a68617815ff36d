package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets people name a version in one word: {@code handbook@v3} for {@code handbook v3}. */
final class VersionReferences {
  private static final String SEARCH = "search";

  /** Words that are searched for may hold an @, so an alias is not taken for one there. */
  private static final Pattern OF_SEARCH =
      Pattern.compile("([a-z0-9][a-z0-9-]{1,38}[a-z0-9])@(v[1-9][0-9]*|latest)");

  private static final Pattern REFERENCE =
      Pattern.compile("([a-z0-9][a-z0-9-]{1,38}[a-z0-9])@(v[1-9][0-9]*|[a-z][a-z0-9._-]{0,62})");

  /** What stands between dataset and version for the commands that take one. */
  private static final Map<String, List<String>> BETWEEN =
      Map.of(
          "version",
          List.of(),
          "erase",
          List.of(),
          "index",
          List.of(),
          "download",
          List.of(),
          SEARCH,
          List.of("--version-name"));

  private VersionReferences() {}

  /** The arguments with every {@code dataset@version} taken apart. */
  static String[] split(String... args) {
    List<String> between = null;
    Pattern pattern = REFERENCE;
    List<String> split = new ArrayList<>();
    for (String argument : args) {
      Matcher reference = pattern.matcher(argument);
      if (between != null && reference.matches()) {
        split.add(reference.group(1));
        split.addAll(between);
        split.add(reference.group(2));
      } else {
        split.add(argument);
        pattern = between == null && argument.equals(SEARCH) ? OF_SEARCH : pattern;
        between = between == null ? BETWEEN.get(argument) : between;
      }
    }
    return split.toArray(String[]::new);
  }
}
