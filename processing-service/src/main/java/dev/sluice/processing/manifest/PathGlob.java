package dev.sluice.processing.manifest;

import java.util.regex.Pattern;

/**
 * Picks files by path: {@code *} and {@code ?} stay inside a folder, {@code **} crosses folders, a
 * name without wildcards takes that file or everything below that folder.
 */
public record PathGlob(String pattern) {
  private static final String WILDCARDS = "*?";

  public PathGlob {
    if (pattern.isBlank() || pattern.startsWith("/")) {
      throw new IllegalArgumentException("not a glob below a version: '" + pattern + "'");
    }
  }

  /** Whether it is a name without wildcards. */
  public boolean isPlain() {
    return pattern.chars().noneMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  /** The test for a path. */
  public java.util.function.Predicate<String> matcher() {
    return Pattern.compile(regex()).asMatchPredicate();
  }

  private String regex() {
    if (isPlain()) {
      String folder = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
      return Pattern.quote(folder) + "(?:/.*)?";
    }
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      String token = tokenAt(at);
      regex.append(translated(token));
      at += token.length();
    }
    return regex.toString();
  }

  private String tokenAt(int at) {
    if (pattern.startsWith("**/", at)) {
      return "**/";
    }
    return pattern.startsWith("**", at) ? "**" : pattern.substring(at, at + 1);
  }

  private static String translated(String token) {
    return switch (token) {
      case "**/" -> "(?:.*/)?";
      case "**" -> ".*";
      case "*" -> "[^/]*";
      case "?" -> "[^/]";
      default -> Pattern.quote(token);
    };
  }
}
