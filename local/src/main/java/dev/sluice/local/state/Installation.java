package dev.sluice.local.state;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where Sluice's own files are: the checkout (or an unpacked copy with the same layout) and the JDK
 * that child JVMs run on.
 *
 * @param root folder that holds {@code local/}, the services' modules and the script {@code sluice}
 * @param javaHome JDK of the child JVMs, the one of this process
 */
public record Installation(Path root, Path javaHome) {
  /** System property and, with dots as underscores and in capitals, variable that name the root. */
  public static final String ROOT_PROPERTY = "sluice.root";

  /**
   * Finds the installation from {@code sluice.root}, {@code SLUICE_ROOT}, the place of this class
   * or the working directory upwards, in this order.
   *
   * @throws LocalException when none of them leads to an installation
   */
  public static Installation locate() {
    String named = System.getProperty(ROOT_PROPERTY, System.getenv("SLUICE_ROOT"));
    Path found = named == null ? null : upwards(Path.of(named));
    if (found == null) {
      found = upwards(ownPlace());
    }
    if (found == null) {
      found = upwards(Path.of(""));
    }
    if (found == null) {
      throw new LocalException(
          "Sluice's folder was not found: run inside the checkout or set SLUICE_ROOT");
    }
    return new Installation(found, Path.of(System.getProperty("java.home")));
  }

  /** The {@code java} command of {@link #javaHome()}. */
  public Path java() {
    return javaHome.resolve("bin").resolve("java");
  }

  /** Folder of the jars that only child JVMs use. */
  public Path libraries() {
    return root.resolve("local/target/lib");
  }

  /** Class path of child JVMs: the place of this class, then every jar of {@link #libraries()}. */
  public String classPath() {
    if (!Files.isDirectory(libraries())) {
      throw new LocalException(
          "The module 'local' is not built: "
              + libraries()
              + " is missing (mvn -pl local install)");
    }
    return ownPlace() + File.pathSeparator + libraries() + File.separator + "*";
  }

  /** The Quarkus start jar of a service's module, whether it is built or not. */
  public Path serviceJar(String module) {
    return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  private static @Nullable Path upwards(Path start) {
    for (Path at = start.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("local/pom.xml"))
          || Files.isDirectory(at.resolve("local/target/lib"))) {
        return at;
      }
    }
    return null;
  }

  private static Path ownPlace() {
    try {
      return Path.of(
          Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new LocalException("The class path names a place that is no file", e);
    }
  }
}
