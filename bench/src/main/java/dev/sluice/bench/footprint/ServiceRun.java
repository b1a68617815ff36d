package dev.sluice.bench.footprint;

import dev.sluice.local.process.Launch;
import dev.sluice.local.process.Lifetime;
import dev.sluice.local.process.PartProcess;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One service of the stack, with command line and variables as the launcher gave them, read from
 * the running process.
 *
 * @param flags JVM flags, without those of an AOT cache and without what is run
 * @param jar the Quarkus start jar
 */
record ServiceRun(
    StateFolder state,
    String name,
    String java,
    List<String> flags,
    Path jar,
    Map<String, String> variables) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;

  /** Reads how the launcher started it. */
  static ServiceRun ofRunning(StateFolder state, String name, Path jar) throws IOException {
    long pid =
        new PartProcess(state, name)
            .pid()
            .orElseThrow(() -> new IllegalStateException(name + " does not run"));
    Path proc = Path.of("/proc", Long.toString(pid));
    List<String> words = words(proc.resolve("cmdline"));
    List<String> flags =
        words.subList(1, words.size()).stream()
            .takeWhile(word -> word.startsWith("-") && !isStart(word))
            .filter(word -> !word.startsWith("-XX:AOT"))
            .filter(word -> !word.contains("SharedArchiveFile"))
            .filter(word -> !word.contains("AutoCreateSharedArchive"))
            .toList();
    Map<String, String> variables = new TreeMap<>();
    words(proc.resolve("environ")).stream()
        .map(word -> word.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> variables.put(pair[0], pair[1]));
    return new ServiceRun(state, name, words.getFirst(), flags, jar, variables);
  }

  /** As any Quarkus application is started. */
  List<String> plain() {
    return command(List.of("-jar", jar.toString()));
  }

  /** The same jar with this cache. */
  List<String> cached(Path cache) {
    return command(List.of("-XX:AOTCache=" + cache, "-jar", jar.toString()));
  }

  /** The run that writes the cache when it ends. */
  List<String> training(Path cache) {
    return command(List.of("-XX:AOTCacheOutput=" + cache, "-jar", jar.toString()));
  }

  /** Starts it; seconds until it says that it is ready. */
  double start(List<String> command) {
    long begin = System.nanoTime();
    process().start(Launch.of(name, command, variables), Lifetime.DETACHED);
    while (!isReady()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos() || !process().isAlive()) {
        throw new IllegalStateException(name + " did not get ready; see " + state.log(name));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }

  void stop() {
    process().stop("TERM", STOPS_WITHIN);
  }

  /** Proportional set size, in bytes. */
  long memory() {
    return process().residentBytes();
  }

  private PartProcess process() {
    return new PartProcess(state, name);
  }

  private boolean isReady() {
    String port = variables.getOrDefault("QUARKUS_HTTP_PORT", "8080");
    URI uri = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<String> command(List<String> what) {
    List<String> all = new ArrayList<>();
    all.add(java);
    all.addAll(flags);
    all.addAll(what);
    return all;
  }

  private static boolean isStart(String word) {
    return word.equals("-jar") || word.equals("-cp");
  }

  private static List<String> words(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split("\0", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
