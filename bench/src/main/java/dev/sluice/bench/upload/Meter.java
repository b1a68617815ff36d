package dev.sluice.bench.upload;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notes the processor seconds of servers a few times a second, to know them at any instant. */
final class Meter implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(250);

  private final List<ProcessHandle> servers;
  private final TreeMap<Long, Double> readings = new TreeMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Future<?> reading;

  Meter(List<ProcessHandle> servers) {
    this.servers = List.copyOf(servers);
    read();
    this.reading =
        thread.scheduleAtFixedRate(
            this::read, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void read() {
    double seconds = Cpu.of(servers);
    synchronized (readings) {
      readings.put(System.nanoTime(), seconds);
    }
  }

  /** Processor seconds between the first reading and the instant. */
  double until(long nanoTime) {
    read();
    synchronized (readings) {
      Map.Entry<Long, Double> before = readings.floorEntry(nanoTime);
      Map.Entry<Long, Double> after = readings.ceilingEntry(nanoTime);
      double first = readings.firstEntry().getValue();
      if (before == null || after == null) {
        return (before == null ? first : before.getValue()) - first;
      }
      double span = Math.max(1, after.getKey() - before.getKey());
      double share = (nanoTime - before.getKey()) / span;
      return before.getValue() + share * (after.getValue() - before.getValue()) - first;
    }
  }

  @Override
  public void close() {
    reading.cancel(true);
    thread.shutdownNow();
  }
}
