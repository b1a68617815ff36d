package dev.sluice.local.part;

import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Python environment of Ray and of the development Qdrant: {@code python} in the state folder,
 * or the folder that {@code SLUICE_PYTHON_HOME} names, made from {@code requirements.lock} and made
 * anew only when that file changed.
 */
public final class PythonEnvironment {
  /** Variable that names a folder for the environment which several stacks share. */
  private static final String SHARED = "SLUICE_PYTHON_HOME";

  private static final String VERSION_CHECK =
      "import sys,venv;sys.exit(0 if sys.version_info[:2]>=(3,10) else 1)";

  private final PartContext context;

  /** The environment of this stack, made or not. */
  public PythonEnvironment(PartContext context) {
    this.context = context;
  }

  /** Folder of its programs. */
  public Path bin() {
    return folder().resolve("bin");
  }

  /** Import path of Sluice's own Python code: development servers and the jobs' programs. */
  public String importPath() {
    Path root = context.installation().root();
    return Stream.of("local", "processing-service")
        .map(module -> root.resolve(module).resolve("src/main/python").toString())
        .reduce((one, other) -> one + java.io.File.pathSeparator + other)
        .orElseThrow();
  }

  /** Whether it is there and made from the lock file as it is now. */
  public boolean isCurrent() {
    try {
      return Files.isExecutable(bin().resolve("python"))
          && Files.readString(stamp()).equals(lockDigest());
    } catch (IOException notMade) {
      return false;
    }
  }

  /**
   * Makes it when it is missing or outdated, which takes a minute or two and the package index.
   *
   * @param progress is told what is going on
   */
  public synchronized void ensure(Consumer<String> progress) {
    if (isCurrent()) {
      return;
    }
    String python = findPython();
    progress.accept("Making the Python environment for Ray and Qdrant (once, a minute or two)");
    run(List.of(python, "-m", "venv", "--clear", folder().toString()));
    run(
        List.of(
            bin().resolve("python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--require-hashes",
            "-r",
            lock().toString()));
    writeStamp();
    progress.accept("The Python environment is ready");
  }

  private void writeStamp() {
    try {
      Files.writeString(stamp(), lockDigest());
    } catch (IOException e) {
      throw new LocalException("Cannot write " + stamp(), e);
    }
  }

  private void run(List<String> command) {
    Path log = context.state().log("python");
    try {
      int status =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start()
              .waitFor();
      if (status != 0) {
        throw new LocalException("The Python environment could not be made; see " + log);
      }
    } catch (IOException e) {
      throw new LocalException("Cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted", e);
    }
  }

  private static String findPython() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("SLUICE_PYTHON")).stream(),
            Stream.of("python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"))
        .filter(PythonEnvironment::isNewEnough)
        .findFirst()
        .orElseThrow(
            () -> new LocalException("Python 3.10 or newer with its 'venv' module is missing"));
  }

  private static boolean isNewEnough(String python) {
    try {
      return new ProcessBuilder(python, "-c", VERSION_CHECK)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String lockDigest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(lock()));
      return HexFormat.of().formatHex(digest) + "\n" + folder();
    } catch (IOException | GeneralSecurityException e) {
      throw new LocalException("Cannot read " + lock(), e);
    }
  }

  /** Its folder. */
  Path folder() {
    String shared = System.getenv(SHARED);
    return shared == null || shared.isBlank()
        ? context.state().path().resolve("python")
        : Path.of(shared).toAbsolutePath();
  }

  private Path stamp() {
    return folder().resolve(".lock-digest");
  }

  private Path lock() {
    return context.installation().root().resolve("local/src/main/python/requirements.lock");
  }
}
