package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium with a profile of its own, showing one page until it is closed. */
final class Chromium implements AutoCloseable {
  private static final int LONGEST_MINUTES = 3;

  private final Process process;

  private Chromium(Process process) {
    this.process = process;
  }

  /** Opens the page; without a Chromium on the path the calling test is not run. */
  static Chromium open(String page) throws IOException {
    Path program =
        find()
            .orElseGet(
                () -> Assumptions.abort("not run: no chromium on the PATH (apt install chromium)"));
    Path profile = Files.createTempDirectory(Sluice.state(), "chromium");
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile,
            page);
    Path log = profile.resolveSibling(profile.getFileName() + ".log");
    return new Chromium(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(":", -1))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What the page brings, unless the browser ends before. */
  <T> T await(CompletableFuture<T> result) throws Exception {
    CompletableFuture.anyOf(result, process.onExit()).get(LONGEST_MINUTES, TimeUnit.MINUTES);
    assertThat(result).as("the page's result").isDone();
    return result.get();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
