package dev.sluice.upload.importing.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Some at a time, each on a thread that may block. */
public final class Parallel {
  private Parallel() {}

  /**
   * Does the work for all items; the first failure stops all others and is thrown when they have
   * stopped.
   */
  public static <T> void each(int atOnce, Collection<T> items, Work<T> work) throws IOException {
    Queue<T> queue = new ConcurrentLinkedQueue<>(items);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(atOnce, items.size()); i++) {
      threads.add(
          Thread.ofVirtual()
              .name("import-", i)
              .unstarted(() -> drain(queue, work, failure, threads)));
    }
    threads.forEach(Thread::start);
    join(threads);
    rethrow(failure.get());
  }

  private static <T> void drain(
      Queue<T> queue,
      Work<T> work,
      AtomicReference<@Nullable Throwable> failure,
      List<Thread> threads) {
    try {
      for (T item = queue.poll(); item != null && failure.get() == null; item = queue.poll()) {
        work.of(item);
      }
    } catch (IOException | RuntimeException | Error e) {
      if (failure.compareAndSet(null, e)) {
        interrupt(threads);
      }
    }
  }

  private static void interrupt(List<Thread> threads) {
    Thread self = Thread.currentThread();
    threads.stream().filter(t -> t != self).forEach(Thread::interrupt);
  }

  /** An interruption is passed on, and the others are still waited for. */
  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          interrupt(threads);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw Run.interrupted();
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** What is done for each item. */
  @FunctionalInterface
  public interface Work<T> {
    void of(T item) throws IOException;
  }
}
