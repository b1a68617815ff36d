package dev.sluice.local;

import dev.sluice.local.part.Part;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.state.LocalException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Brings a stack up: what depends on nothing at once, the services as soon as they can. */
final class Start {
  private final Parts parts;
  private final Progress progress;
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  Start(Parts parts, Progress progress) {
    this.parts = parts;
    this.progress = progress;
  }

  /**
   * Returns when every part is ready.
   *
   * @throws LocalException when one is not, after all others had their chance
   */
  void run() {
    parts.all().forEach(this::settlePort);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Void> python =
          CompletableFuture.runAsync(this::startPythonParts, threads).exceptionally(this::remember);
      CompletableFuture<Void> services =
          CompletableFuture.runAsync(() -> together(parts.foundation(), threads), threads)
              .thenRunAsync(this::prepareDatabase, threads)
              .thenRunAsync(() -> startServices(threads), threads)
              .exceptionally(this::remember);
      CompletableFuture.allOf(python, services).join();
    }
    if (!failures.isEmpty()) {
      throw new LocalException("Not everything is up: " + String.join("; ", failures));
    }
  }

  private void startPythonParts() {
    List<Part> wanted = parts.pythonParts();
    if (wanted.isEmpty()) {
      return;
    }
    parts.python().ensure(progress::note);
    wanted.parallelStream().forEach(this::startOne);
  }

  private void prepareDatabase() {
    if (standsOn(parts.foundation())) {
      parts.prepareDatabase();
    }
  }

  private void startServices(ExecutorService threads) {
    if (standsOn(parts.foundation())) {
      together(parts.services(), threads);
    }
  }

  private boolean standsOn(List<Part> foundation) {
    return foundation.stream().noneMatch(part -> failures.contains(part.name()));
  }

  private void together(List<Part> some, ExecutorService threads) {
    CompletableFuture.allOf(
            some.stream()
                .map(part -> CompletableFuture.runAsync(() -> startOne(part), threads))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private void startOne(Part part) {
    Instant begin = Instant.now();
    try {
      if (part.isAlive() && !part.isCurrent()) {
        progress.note(part.name() + " has changed and starts again");
        part.stop();
      }
      if (part.isAlive() && part.isReady()) {
        return;
      }
      progress.starting(part.name());
      Readiness.startAndAwait(part);
      progress.ready(part.name(), part.address(), Duration.between(begin, Instant.now()));
    } catch (LocalException e) {
      progress.failed(part.name(), String.valueOf(e.getMessage()));
      failures.add(part.name());
    }
  }

  /** A stranger may have taken the port since the last time. */
  private void settlePort(Part part) {
    if (part.portIsTaken()) {
      String old = part.address();
      part.movePort();
      progress.note("%s moves from %s to %s".formatted(part.name(), old, part.address()));
    }
  }

  private @Nullable Void remember(Throwable failure) {
    Throwable cause = failure.getCause();
    failures.add(String.valueOf((cause == null ? failure : cause).getMessage()));
    return null;
  }
}
