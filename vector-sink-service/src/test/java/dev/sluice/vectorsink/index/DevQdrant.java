package dev.sluice.vectorsink.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The development Qdrant server for the tests of this JVM. It needs a Python that has the engine:
 * {@code SLUICE_TEST_PYTHON} (variable or property {@code sluice.test.python}), else the
 * environment that {@code ./sluice up} makes. {@code SLUICE_QDRANT} names a server instead.
 */
public final class DevQdrant {
  private static final Pattern SERVING = Pattern.compile(".* on 127\\.0\\.0\\.1:(\\d+).*");
  private static final String RUNNING = "sluice.test.qdrant.address";
  private static final long IMPORT_SECONDS = 30;

  private DevQdrant() {}

  /** The address of the server, started on first demand; empty when it cannot run here. */
  public static synchronized Optional<URI> address() {
    String named = System.getenv("SLUICE_QDRANT");
    if (named != null) {
      return Optional.of(URI.create(named));
    }
    String running = System.getProperty(RUNNING);
    if (running != null) {
      return Optional.of(URI.create(running));
    }
    Optional<URI> started = python().map(DevQdrant::start);
    started.ifPresent(address -> System.setProperty(RUNNING, address.toString()));
    return started;
  }

  /** Why there is no server. */
  public static String whyNot() {
    return "no Python with qdrant_edge; set SLUICE_TEST_PYTHON or run './sluice up' once";
  }

  private static Optional<Path> python() {
    return Stream.of(
            System.getProperty("sluice.test.python"),
            System.getenv("SLUICE_TEST_PYTHON"),
            home() + "/python/bin/python")
        .filter(candidate -> candidate != null && !candidate.isBlank())
        .map(Path::of)
        .filter(Files::isExecutable)
        .filter(DevQdrant::hasEngine)
        .findFirst();
  }

  private static String home() {
    @Nullable String home = System.getenv("SLUICE_HOME");
    return home == null ? "../.sluice" : home;
  }

  private static boolean hasEngine(Path python) {
    try {
      Process probe =
          new ProcessBuilder(python.toString(), "-c", "import qdrant_edge, grpc")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(IMPORT_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static URI start(Path python) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              List.of(
                  python.toString(),
                  "-m",
                  "sluice_qdrant_dev",
                  "--port=0",
                  "--data=" + Files.createTempDirectory("sluice-test-qdrant-")));
      builder.environment().put("PYTHONPATH", "../local/src/main/python");
      builder.environment().put("PYTHONUNBUFFERED", "1");
      Process server = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
      return addressIn(server);
    } catch (IOException e) {
      throw new UncheckedIOException("the development Qdrant does not start", e);
    }
  }

  private static URI addressIn(Process server) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    Matcher serving = SERVING.matcher(String.valueOf(line));
    if (!serving.matches()) {
      throw new IOException("the development Qdrant says: " + line);
    }
    return URI.create("http://127.0.0.1:" + serving.group(1));
  }
}
