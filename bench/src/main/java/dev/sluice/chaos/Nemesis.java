package dev.sluice.chaos;

import dev.sluice.bench.events.Servers;
import dev.sluice.local.part.Part;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.process.PartProcess;
import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Kills and starts again. */
final class Nemesis {
  private static final System.Logger LOG = System.getLogger(Nemesis.class.getName());
  private static final Duration HALTS_WITHIN = Duration.ofSeconds(10);
  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(1);

  private final Servers servers;

  Nemesis(Servers servers) {
    this.servers = servers;
  }

  /** Breaks what the fault says at its instant; everything runs again afterwards. */
  void strike(Fault fault) {
    switch (fault) {
      case Fault.ServiceKilled f -> {
        pause(f.afterMillis());
        kill("harness");
      }
      case Fault.ServiceHalted f -> {
        pause(f.armedAfterMillis());
        arm(f.point());
        if (!servers.harness().endsWithin(HALTS_WITHIN)) {
          throw new IllegalStateException("never came to crash point " + f.point());
        }
      }
      case Fault.BrokerKilled f -> {
        pause(f.afterMillis());
        kill("kafka");
      }
      case Fault.DatabaseKilled f -> {
        pause(f.afterMillis());
        kill("postgres");
      }
      case Fault.PowerCut f -> {
        pause(f.afterMillis());
        Stream.of("postgres", "kafka", "harness").parallel().forEach(this::kill);
      }
    }
    startAgain();
  }

  private void arm(String point) {
    try {
      servers.harness().post("arm?point=" + point, HALTS_WITHIN);
    } catch (IOException haltedBeforeItCouldAnswer) {
      LOG.log(System.Logger.Level.DEBUG, "no answer from a process that halted");
    }
  }

  private void startAgain() {
    restart(servers.postgres());
    restart(servers.kafka());
    servers.harness().startAndAwait();
  }

  /** PostgreSQL refuses while a process of the killed one is still there. */
  private static void restart(Part part) {
    Instant deadline = Instant.now().plus(RESTARTS_WITHIN);
    while (!part.isAlive() || !part.isReady()) {
      try {
        Readiness.startAndAwait(part);
      } catch (LocalException notYet) {
        if (Instant.now().isAfter(deadline)) {
          throw notYet;
        }
      }
    }
  }

  /** SIGKILL of the first process; waits until its children noticed and went. */
  private void kill(String part) {
    new PartProcess(servers.state(), part)
        .pid()
        .flatMap(ProcessHandle::of)
        .ifPresent(
            process -> {
              List<ProcessHandle> children = process.descendants().toList();
              process.destroyForcibly();
              Stream.concat(Stream.of(process), children.stream())
                  .map(ProcessHandle::onExit)
                  .forEach(CompletableFuture::join);
            });
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
