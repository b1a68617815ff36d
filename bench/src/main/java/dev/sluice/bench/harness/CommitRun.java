package dev.sluice.bench.harness;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Commits business rows one after another on several sessions, for some time. */
@ApplicationScoped
class CommitRun {
  private final UseCase useCase;

  CommitRun(UseCase useCase) {
    this.useCase = useCase;
  }

  /** Commits in one second of all clients together, with or without facts. */
  double run(boolean withFacts, int clients, int millis) {
    long begin = System.nanoTime();
    long deadline = begin + TimeUnit.MILLISECONDS.toNanos(millis);
    List<Callable<Long>> loops =
        IntStream.range(0, clients)
            .mapToObj(client -> (Callable<Long>) () -> loop(withFacts, client, deadline))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      long commits = 0;
      for (Future<Long> each : threads.invokeAll(loops)) {
        commits += each.get();
      }
      return commits * 1e9 / (System.nanoTime() - begin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a commit failed", e);
    }
  }

  /** Runs on one event loop from beginning to end. */
  private long loop(boolean withFacts, int client, long deadline) throws Exception {
    try {
      return VertxContextSupport.subscribeAndAwait(() -> commits(withFacts, client, deadline));
    } catch (Error | Exception e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Uni<Long> commits(boolean withFacts, int client, long deadline) {
    return Multi.createBy()
        .repeating()
        .uni(() -> commit(withFacts, client).replaceWith(true))
        .whilst(done -> System.nanoTime() < deadline)
        .collect()
        .with(java.util.stream.Collectors.counting());
  }

  private Uni<Void> commit(boolean withFacts, int client) {
    Fact fact = new Fact(UUID.randomUUID(), "c" + client, 0);
    return withFacts ? useCase.saveAndSayUnheard(fact) : useCase.saveOnly(fact);
  }
}
