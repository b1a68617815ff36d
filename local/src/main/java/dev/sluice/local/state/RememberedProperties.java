package dev.sluice.local.state;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names and values of a private file that is written whenever one is added. */
final class RememberedProperties {
  private final StateFolder state;
  private final String file;
  private final Map<String, String> entries = new TreeMap<>();

  private RememberedProperties(StateFolder state, String file) {
    this.state = state;
    this.file = file;
  }

  static RememberedProperties in(StateFolder state, String file) {
    RememberedProperties remembered = new RememberedProperties(state, file);
    Path path = state.path().resolve(file);
    if (Files.exists(path)) {
      Properties stored = new Properties();
      try (Reader reader = Files.newBufferedReader(path)) {
        stored.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + path, e);
      }
      stored.stringPropertyNames().forEach(k -> remembered.put(k, stored.getProperty(k)));
    }
    return remembered;
  }

  synchronized String computeIfAbsent(String name, Supplier<String> fresh) {
    String known = entries.get(name);
    if (known != null) {
      return known;
    }
    String value = fresh.get();
    entries.put(name, value);
    save();
    return value;
  }

  synchronized @Nullable String get(String name) {
    return entries.get(name);
  }

  synchronized void forget(String name) {
    entries.remove(name);
    save();
  }

  synchronized Collection<String> values() {
    return List.copyOf(entries.values());
  }

  private synchronized void put(String name, String value) {
    entries.put(name, value);
  }

  private void save() {
    state.writePrivately(
        file,
        entries.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining()));
  }
}
