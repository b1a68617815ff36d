package dev.sluice.bench.harness;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Times each event between two instants of this process, in nanoseconds. */
@ApplicationScoped
class Stopwatch {
  private final Map<UUID, Long> running = new ConcurrentHashMap<>();
  private final Map<UUID, Long> stopped = new ConcurrentHashMap<>();

  void clear() {
    running.clear();
    stopped.clear();
  }

  void start(UUID event) {
    running.put(event, System.nanoTime());
  }

  /** Does nothing for an event that was never started or is stopped already. */
  void stop(UUID event) {
    Long begin = running.remove(event);
    if (begin != null) {
      stopped.put(event, System.nanoTime() - begin);
    }
  }

  boolean hasStopped(int events) {
    return stopped.size() >= events;
  }

  Map<UUID, Long> nanos() {
    return Map.copyOf(stopped);
  }
}
