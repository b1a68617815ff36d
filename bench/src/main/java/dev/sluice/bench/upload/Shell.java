package dev.sluice.bench.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end.
 *
 * @param log where its complaints go
 * @param patience after that it is killed
 */
public record Shell(Path log, Duration patience) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int TAIL = 2_000;

  /** What came of it, and the processor seconds of it and its children. */
  public record Ran(double seconds, double cpuSeconds, String out) {}

  /**
   * Runs.
   *
   * @throws IllegalStateException when it fails or does not end
   */
  public Ran run(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Path out = Files.createTempFile(log.getParent(), "out", ".txt");
    builder.redirectOutput(out.toFile());
    try {
      double before = Cpu.ofChildren();
      long begin = System.nanoTime();
      Process process = builder.start();
      boolean over = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
      if (!over) {
        process.destroyForcibly().waitFor();
      }
      String said = Files.readString(out);
      if (!over || process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s %s: %s%n%s"
                .formatted(
                    command.getFirst(),
                    over ? "ended with " + process.exitValue() : "did not end",
                    said.substring(0, Math.min(said.length(), TAIL)),
                    tail()));
      }
      return new Ran(seconds, Cpu.ofChildren() - before, said);
    } finally {
      Files.deleteIfExists(out);
    }
  }

  private String tail() throws IOException {
    String all = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    return all.substring(Math.max(0, all.length() - TAIL));
  }
}
