package dev.sluice.bench.upload;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds other people's programs.
 *
 * @param folders where to look, the first one first
 */
public record Tools(List<Path> folders) {
  /** A folder of tools, with {@code bin} and a Python environment {@code venv} below. */
  public static final String VARIABLE = "SLUICE_BENCH_TOOLS";

  public Tools {
    folders = List.copyOf(folders);
  }

  /** In the named folder and on the path. */
  public static Tools here() {
    List<Path> folders = new ArrayList<>();
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isBlank()) {
      Path folder = Path.of(named);
      folders.addAll(List.of(folder, folder.resolve("bin"), folder.resolve("venv/bin")));
    }
    Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .forEach(folders::add);
    return new Tools(folders);
  }

  /** A program by its name. */
  public Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** A Python that has the given modules. */
  public Optional<Path> python(String modules) {
    return folders.stream()
        .map(folder -> folder.resolve("python3"))
        .filter(Files::isExecutable)
        .filter(python -> imports(python, modules))
        .findFirst();
  }

  private static boolean imports(Path python, String modules) {
    try {
      Process process =
          new ProcessBuilder(python.toString(), "-c", "import " + modules)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
