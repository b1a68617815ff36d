package dev.sluice.processing.delivery;

import java.util.Locale;
import java.util.UUID;

/**
 * Names of files that are not whole yet: those of another try of the same delivery can be told, and
 * no two tries write into one.
 */
record TempName(UUID delivery, int attempt) {

  String of(String name) {
    return prefix() + attempt + "-" + Integer.toHexString(name.hashCode()) + ".tmp";
  }

  /** Whether an earlier try left it. */
  boolean isLeftOver(String name) {
    return name.startsWith(prefix()) && !name.startsWith(prefix() + attempt + "-");
  }

  private String prefix() {
    return ".sluice-" + delivery.toString().toLowerCase(Locale.ROOT) + "-";
  }
}
