package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a version are wanted.
 *
 * @param globs of which a path must match one ({@code *} within a folder, {@code **} anything);
 *     none: every path
 * @param prefix that paths must begin with
 */
public record FileSelection(List<String> globs, @Nullable String prefix) {

  /** Every file. */
  public static final FileSelection ALL = new FileSelection(List.of(), null);

  public FileSelection {
    globs = List.copyOf(globs);
  }

  /** Whether it is the whole version. */
  public boolean everything() {
    return globs.isEmpty() && (prefix == null || prefix.isEmpty());
  }
}
