package dev.sluice.local.process;

import dev.sluice.local.state.LocalException;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process of one part, found again through its pid file by any later process.
 *
 * <p>The pid file holds the pid and the start time, so a pid that the system gave to another
 * process meanwhile is never taken for the part.
 */
public final class PartProcess {
  private static final long LOG_LIMIT_BYTES = 20L << 20;
  private static final Duration KILL_WAIT = Duration.ofSeconds(10);

  private final StateFolder state;
  private final String part;

  /** The process of this part in this folder, running or not. */
  public PartProcess(StateFolder state, String part) {
    this.state = state;
    this.part = part;
  }

  /** Starts it; when it already runs, does nothing. */
  public void start(Launch launch, Lifetime lifetime) {
    if (handle().isPresent()) {
      return;
    }
    try {
      Path log = rotatedLog();
      ProcessBuilder builder = new ProcessBuilder(Wrapping.of(lifetime).wrap(launch));
      builder.environment().putAll(launch.environment());
      builder.directory(state.path().toFile());
      builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      if (lifetime == Lifetime.DETACHED) {
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      }
      Process process = builder.start();
      state.writePrivately("run/" + part + ".pid", PidRecord.of(process.toHandle()).text());
    } catch (IOException e) {
      throw new LocalException("Cannot start " + part + ": " + e.getMessage(), e);
    }
  }

  /** Keeps a text that tells what the process was started with. */
  public void remember(String fingerprint) {
    state.writePrivately(fingerprintFile(), fingerprint);
  }

  /** Whether this very text was kept at the start. */
  public boolean startedWith(String fingerprint) {
    try {
      return Files.readString(state.path().resolve(fingerprintFile())).equals(fingerprint);
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Whether the process that the pid file speaks of still runs. */
  public boolean isAlive() {
    return handle().isPresent();
  }

  /** Its pid while it runs. */
  public Optional<Long> pid() {
    return handle().map(ProcessHandle::pid);
  }

  /** Memory that it and its children hold, in bytes; 0 where the system does not tell. */
  public long residentBytes() {
    return handle().stream()
        .flatMap(
            top ->
                java.util.stream.Stream.concat(top.descendants(), java.util.stream.Stream.of(top)))
        .mapToLong(ResidentMemory::bytesOf)
        .sum();
  }

  /** Waits until it ended or the time is over, whichever is first. */
  public boolean awaitEnd(Duration limit) {
    Optional<ProcessHandle> running = handle();
    return running.isEmpty() || ended(running.get(), limit);
  }

  /** Ends it with the signal, and by force after the limit, with everything it started. */
  public void stop(String signal, Duration limit) {
    Optional<ProcessHandle> running = handle();
    if (running.isPresent()) {
      List<ProcessHandle> children = new ArrayList<>(running.get().descendants().toList());
      signal(running.get(), signal);
      if (!ended(running.get(), limit)) {
        running.get().descendants().forEach(children::add);
        running.get().destroyForcibly();
        ended(running.get(), KILL_WAIT);
      }
      children.forEach(ProcessHandle::destroyForcibly);
    }
    try {
      Files.deleteIfExists(state.pidFile(part));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the pid file of " + part, e);
    }
  }

  private Optional<ProcessHandle> handle() {
    return PidRecord.read(state.pidFile(part)).flatMap(PidRecord::process);
  }

  private String fingerprintFile() {
    return "run/" + part + ".fingerprint";
  }

  private Path rotatedLog() throws IOException {
    Path log = state.log(part);
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      Path older = log.resolveSibling(log.getFileName() + ".1");
      Files.move(log, older, StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private static boolean ended(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted", e);
    } catch (ExecutionException e) {
      throw new LocalException("Cannot wait for pid " + process.pid(), e);
    }
  }

  private static void signal(ProcessHandle process, String signal) {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
