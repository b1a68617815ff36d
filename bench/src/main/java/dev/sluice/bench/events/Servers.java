package dev.sluice.bench.events;

import dev.sluice.local.part.Database;
import dev.sluice.local.part.KafkaPart;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PostgresPart;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.Ports;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * PostgreSQL, Kafka and the harness, each a process of its own, with data in one folder that is
 * emptied at the end. The servers sync to disk as in the local stack.
 */
public final class Servers implements AutoCloseable {
  private static final int ONE_PARTITION = 1;
  private static final int PARTITIONS = 3;
  private static final int FIRST_PORT = 21_000;
  private static final int LAST_PORT = 32_000;

  private final StateFolder state;
  private final PostgresPart postgres;
  private final KafkaPart kafka;
  private final Harness harness;
  private final Thread atExit;

  private Servers(StateFolder state) {
    PartContext context = PartContext.detached(Installation.locate(), state);
    this.state = state;
    this.postgres = new PostgresPart(context);
    this.kafka = new KafkaPart(context);
    this.harness = new Harness(context, postgres, kafka);
    this.atExit = new Thread(this::end);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts everything and waits until it answers. */
  public static Servers start(Path folder) throws IOException {
    StateFolder state = new StateFolder(folder.resolve("events"));
    keepPorts(state);
    Servers servers = new Servers(state);
    try {
      servers.postgres.start();
      Readiness.startAndAwait(servers.kafka);
      Readiness.await(servers.postgres);
      servers.createTopics();
      servers.harness.startAndAwait();
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /**
   * Chooses ports that no other stack would take while a server of this one is down, and none that
   * the system gives to outgoing connections.
   */
  private static void keepPorts(StateFolder state) {
    List<Integer> free =
        new Random()
            .ints(FIRST_PORT, LAST_PORT)
            .filter(Ports::isFree)
            .distinct()
            .limit(3)
            .boxed()
            .toList();
    state.writePrivately(
        "ports.properties",
        "postgres=%d\nkafka=%d\nkafka-controller=%d\n"
            .formatted(free.get(0), free.get(1), free.get(2)));
  }

  /** The process under test. */
  public Harness harness() {
    return harness;
  }

  /** Where it keeps its rows. */
  public Database database() {
    return postgres.database();
  }

  /** PostgreSQL. */
  public PostgresPart postgres() {
    return postgres;
  }

  /** The broker. */
  public KafkaPart kafka() {
    return kafka;
  }

  /** The folder of pid files and logs. */
  public StateFolder state() {
    return state;
  }

  private void createTopics() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("bench.flood", ONE_PARTITION, (short) 1),
                  new NewTopic("bench.bare", PARTITIONS, (short) 1)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics could not be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
    state.wipe(List.of());
    Files.deleteIfExists(state.path());
  }

  private void end() {
    harness.stop();
    kafka.stop();
    postgres.stop();
  }
}
