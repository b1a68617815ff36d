package dev.sluice.chaos.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The named instants of a service, read from its sources, so that a new one is swept by itself. */
public final class CrashPoints {
  private static final Pattern CALL = Pattern.compile("CrashPoint\\.hit\\(\\s*([^)]*?)\\s*\\)");
  private static final Pattern LITERAL = Pattern.compile("\"([A-Za-z0-9.]+)\"");

  private CrashPoints() {}

  /**
   * Names in order.
   *
   * @throws IllegalStateException when one is no plain text, since it could not be swept
   */
  public static SortedSet<String> below(List<Path> sources) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    for (Path folder : sources) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher call = CALL.matcher(Files.readString(file));
          while (call.find()) {
            names.add(literal(file, call.group(1)));
          }
        }
      }
    }
    return names;
  }

  private static String literal(Path file, String argument) {
    Matcher text = LITERAL.matcher(argument);
    if (!text.matches()) {
      throw new IllegalStateException(file + ": crash point " + argument + " is no plain text");
    }
    return text.group(1);
  }
}
