package dev.sluice.processing.ray;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Files that travel with a job as one zip.
 *
 * @param name made from a digest, so that it tells whether a cluster has it
 * @param zip makes the zip in a temporary file, which the taker deletes
 */
public record JobPackage(String name, Supplier<Uni<Path>> zip) {
  private static final int NAME_DIGITS = 32;

  /** A package whose name says what is in it. */
  public static JobPackage named(String digest, Supplier<Uni<Path>> zip) {
    return new JobPackage(nameOf(digest), zip);
  }

  static String nameOf(String digest) {
    return "_ray_pkg_" + digest.substring(0, NAME_DIGITS) + ".zip";
  }

  static String uriOf(String name) {
    return "gcs://" + name;
  }
}
