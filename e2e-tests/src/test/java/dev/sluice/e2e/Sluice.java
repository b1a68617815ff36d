package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One stack for all tests of this JVM, in a state folder of its own, used by the command line as
 * people use it. It is started once and stopped when the JVM ends.
 */
final class Sluice {
  /** Ranges of one file that an import reads at a time. */
  static final int RANGES_IN_FLIGHT = 2;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of(System.getProperty("sluice.root")).normalize();
  private static final Path STATE = Path.of(System.getProperty("e2e.state"));
  private static final long LONGEST_MINUTES = 15;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static boolean up;

  private Sluice() {}

  /** How a command ended. */
  record Result(int exitCode, String out, String err) {
    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException("no JSON: " + out, e);
      }
    }

    /** The result, when the command succeeded. */
    Result ok() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + out + "\n" + err);
      }
      return this;
    }
  }

  /** Starts the stack unless it runs. */
  static synchronized void up() {
    if (!up) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> run("down")));
      run("up").ok();
      up = true;
    }
  }

  /** Runs one command of {@code ./sluice}, as the development owner. */
  static Result run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs one command with more variables in its environment. */
  static Result run(Map<String, String> variables, String... arguments) {
    ProcessBuilder builder = command(arguments);
    builder.environment().putAll(variables);
    try {
      return finish(builder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Begins a command that the test may kill; nobody reads what it says. */
  static Process start(String... arguments) {
    try {
      return command(arguments)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dsluice.root=" + ROOT,
                "-cp",
                ROOT + "/cli/target/sluice-cli.jar:" + ROOT + "/cli/target/lib/*",
                "dev.sluice.cli.SluiceMain"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SLUICE_HOME", STATE.toString());
    builder.environment().put("SLUICE_PYTHON_HOME", ROOT.resolve(".sluice/python").toString());
    // The stack of these tests alone may import from this machine.
    builder.environment().put("SLUICE_IMPORT_ALLOWED_ADDRESSES", "127.0.0.0/8");
    builder.environment().put("SLUICE_IMPORT_ALLOWED_PORTS", "1024-65535");
    builder.environment().put("SLUICE_DELIVERIES_LOCAL_ROOT", deliveries().toString());
    builder.environment().put("SLUICE_IMPORTS_PARALLEL_PARTS", Integer.toString(RANGES_IN_FLIGHT));
    return builder;
  }

  private static Result finish(ProcessBuilder builder) throws IOException, InterruptedException {
    Files.createDirectories(deliveries());
    Path out = Files.createTempFile(STATE, "command", ".out");
    Path err = Files.createTempFile(STATE, "command", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(
            "no end after " + LONGEST_MINUTES + " minutes: " + builder.command());
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  /** What {@code sluice env} exports. */
  static Map<String, String> environment() {
    return run("env")
        .ok()
        .out()
        .lines()
        .filter(line -> line.startsWith("export "))
        .map(line -> line.substring("export ".length()).split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> pair[1].replace("'", ""), (a, b) -> b, TreeMap::new));
  }

  /** One HTTP request through the gateway. */
  static HttpResponse<String> http(String method, String path, String token, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(environment().get("SLUICE_API") + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", body.startsWith("{") ? "application/json" : "application/yaml")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, UTF_8))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Kills a part as a power cut would. */
  static void kill(String part) {
    ProcessHandle handle =
        ProcessHandle.of(pid(part)).orElseThrow(() -> new AssertionError(part + " is not running"));
    handle.destroyForcibly();
    handle.onExit().join();
  }

  private static long pid(String part) {
    try {
      String pidFile = Files.readString(STATE.resolve("run").resolve(part + ".pid"));
      return Long.parseLong(pidFile.strip().split("\\s+", 2)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path root() {
    return ROOT;
  }

  static Path state() {
    return STATE;
  }

  /** Below it lie the local places that the processing service may bring versions to. */
  static Path deliveries() {
    return STATE.resolve("deliveries");
  }
}
