package dev.sluice.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bench.events.Harness;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Several callers that commit and roll back until they are told to stop; answers may be lost. */
final class Load implements AutoCloseable {
  private static final int CALLERS = 4;
  private static final int STREAMS = 5;
  private static final int ROLLED_BACK_OF_TEN = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();
  private static final long WAIT_NANOS = Duration.ofMillis(50).toNanos();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Harness harness;
  private final Queue<Said> history = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers;
  private volatile boolean stopped;

  private Load(Harness harness, long seed) {
    this.harness = harness;
    this.callers =
        java.util.stream.IntStream.range(0, CALLERS)
            .mapToObj(i -> Thread.ofVirtual().unstarted(() -> call(new Random(seed + i))))
            .toList();
  }

  static Load start(Harness harness, long seed) {
    Load load = new Load(harness, seed);
    load.callers.forEach(Thread::start);
    return load;
  }

  List<Said> history() {
    return List.copyOf(history);
  }

  private void call(Random random) {
    while (!stopped) {
      String stream = "s" + random.nextInt(STREAMS);
      boolean fail = random.nextInt(10) < ROLLED_BACK_OF_TEN;
      Said said = ask(stream, fail);
      history.add(said);
      LockSupport.parkNanos(said.outcome().equals(Said.UNKNOWN) ? WAIT_NANOS : PAUSE_NANOS);
    }
  }

  private Said ask(String stream, boolean fail) {
    try {
      HttpResponse<String> answer =
          harness.post("say?stream=%s&fail=%s".formatted(stream, fail), PATIENCE);
      return switch (answer.statusCode()) {
        case 200 ->
            new Said(
                stream, fail, Said.COMMITTED, JSON.readTree(answer.body()).get("eventId").asText());
        case 409 -> new Said(stream, fail, Said.ROLLED_BACK, "");
        default -> new Said(stream, fail, Said.UNKNOWN, "");
      };
    } catch (IOException lost) {
      return new Said(stream, fail, Said.UNKNOWN, "");
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread caller : callers) {
      try {
        caller.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
