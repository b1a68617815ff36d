package dev.sluice.local.process;

import java.util.List;
import java.util.Map;

/**
 * What is needed to start one part's process.
 *
 * @param part name of the part, also of its pid and log file
 * @param command program and arguments; never secrets, they are visible to other users
 * @param environment variables added to those of this process
 * @param stopSignal signal that ends it in good order, e.g. {@code TERM}
 */
public record Launch(
    String part, List<String> command, Map<String, String> environment, String stopSignal) {
  /** Copies the collections. */
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A launch that {@code TERM} ends. */
  public static Launch of(String part, List<String> command, Map<String, String> environment) {
    return new Launch(part, command, environment, "TERM");
  }
}
