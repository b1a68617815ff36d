package dev.sluice.manifest;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A file put under its path, or a path taken out. */
public record Change(PathKey path, @Nullable Entry entry) {
  /** As a manifest is sorted. */
  public static final Comparator<Change> BY_PATH = Comparator.comparing(Change::path);

  /** The file is there, whatever was before. */
  public static Change put(Entry entry) {
    return new Change(entry.path(), entry);
  }

  /** Nothing is there, whatever was before. */
  public static Change remove(PathKey path) {
    return new Change(path, null);
  }
}
