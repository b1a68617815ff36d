package dev.sluice.bench.harness;

import dev.sluice.events.EventJson;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Says facts at a steady rate and tells how long each took to its end. */
@ApplicationScoped
class LatencyRun {
  private static final Logger LOG = Logger.getLogger(LatencyRun.class);
  private static final int STREAMS = 16;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final UseCase useCase;
  private final BareLane bare;
  private final Stopwatch stopwatch;

  /** The ways from a use case to an effect. */
  enum Lane {
    /** Row and fact in one transaction, relay, inbox, effect. */
    OUTBOX,
    /** A bare send to a plain consumer; no database. */
    BARE,
    /** Commit the row, then send; the consumer commits the effect. Loses facts in a crash. */
    SAVE_THEN_SEND
  }

  /**
   * What came out.
   *
   * @param nanos of each event, in no order
   * @param said digest of the events that were said
   * @param heard digest of the events that reached their end
   */
  record Result(List<Long> nanos, String said, String heard) {}

  LatencyRun(UseCase useCase, BareLane bare, Stopwatch stopwatch) {
    this.useCase = useCase;
    this.bare = bare;
    this.stopwatch = stopwatch;
  }

  /** On a thread of its own: the caller's would lend all use cases one Vert.x context. */
  Result run(Lane lane, int perSecond, int count) {
    try (var thread = Executors.newSingleThreadExecutor()) {
      return thread.submit(() -> runHere(lane, perSecond, count)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the run failed", e);
    }
  }

  private Result runHere(Lane lane, int perSecond, int count) {
    stopwatch.clear();
    bare.open();
    bare.withEffect(lane == Lane.SAVE_THEN_SEND);
    List<UUID> said = new ArrayList<>();
    long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long next = System.nanoTime();
    for (int i = 0; i < count; i++, next += period) {
      LockSupport.parkNanos(next - System.nanoTime());
      Fact fact = new Fact(UUID.randomUUID(), "s" + i % STREAMS, i);
      said.add(fact.eventId());
      say(lane, fact);
    }
    awaitEnd(count);
    var nanos = stopwatch.nanos();
    return new Result(List.copyOf(nanos.values()), Digest.of(said), Digest.of(nanos.keySet()));
  }

  private void say(Lane lane, Fact fact) {
    byte[] value = EventJson.write(fact.event()).getBytes(StandardCharsets.UTF_8);
    switch (lane) {
      case OUTBOX -> subscribe(() -> useCase.saveAndSay(fact));
      case BARE -> {
        stopwatch.start(fact.eventId());
        bare.send(fact, value);
      }
      case SAVE_THEN_SEND ->
          subscribe(() -> useCase.saveOnly(fact).invoke(() -> bare.send(fact, value)));
    }
  }

  private static void subscribe(Supplier<Uni<Void>> work) {
    VertxContextSupport.<Void>subscribe(
        () -> work.get().toMulti(),
        ends -> ends.with(done -> {}, failure -> LOG.error("a fact was not said", failure)));
  }

  private void awaitEnd(int count) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!stopwatch.hasStopped(count) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
