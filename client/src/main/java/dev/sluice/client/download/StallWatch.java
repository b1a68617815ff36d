package dev.sluice.client.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends the reading of bodies that give nothing for too long; the platform's client waits for ever.
 */
final class StallWatch implements AutoCloseable {
  private final Duration patience;
  private final Map<InputStream, Long> since = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("download-watch").factory());

  StallWatch(Duration patience) {
    this.patience = patience;
    long every = Math.max(1, patience.toMillis() / 4);
    var ignored = clock.scheduleAtFixedRate(this::look, every, every, TimeUnit.MILLISECONDS);
    assert ignored != null;
  }

  /** The body begins, or gave something. */
  void alive(InputStream body) {
    since.put(body, System.nanoTime());
  }

  void over(InputStream body) {
    since.remove(body);
  }

  private void look() {
    long now = System.nanoTime();
    since.forEach(
        (body, last) -> {
          if (now - last > patience.toNanos()) {
            end(body);
          }
        });
  }

  private static void end(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Whoever reads it hears of the end one way or another.
      assert e != null;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
