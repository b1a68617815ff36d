package dev.sluice.processing.importing;

import java.util.Set;
import java.util.function.Predicate;

/** How far an import is. */
public sealed interface ImportState {

  /**
   * It goes on.
   *
   * @param saying for people who wait
   */
  record UnderWay(String saying) implements ImportState {}

  /**
   * The files are in a sealed version.
   *
   * @param version {@code v1}, or {@code latest} when nothing was new
   * @param paths of the files that the source has now; empty when all below the folder are meant
   */
  record Done(String version, String folder, Set<String> paths) implements ImportState {
    public Done {
      paths = Set.copyOf(paths);
    }

    /** The test for a path of the version. */
    public Predicate<String> wanted() {
      return paths.isEmpty() ? path -> path.startsWith(folder + "/") : paths::contains;
    }
  }
}
