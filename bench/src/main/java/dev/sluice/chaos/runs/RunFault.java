package dev.sluice.chaos.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is broken while runs are at work. */
sealed interface RunFault {
  /** SIGKILL of parts of the stack after so many milliseconds; several at once are a power cut. */
  record Killed(List<String> parts, int afterMillis) implements RunFault {}

  /**
   * SIGKILL of one of Ray's own processes: its control store, its dashboard, its node's manager.
   */
  record RayProcessKilled(String command, int afterMillis) implements RunFault {}

  /** SIGKILL of all processes that work on blocks, so many times. */
  record WorkersKilled(int times, int afterMillis) implements RunFault {}

  /** The service stands still for longer than its lease, and goes on. */
  record ServicePaused(int afterMillis) implements RunFault {}

  /** How many different ones a sequence goes through before it comes round. */
  int KINDS = 10;

  /** The faults of a seed: each kind comes again and again, the instants are random. */
  static List<RunFault> sequence(int rounds, long seed) {
    Random random = new Random(seed);
    List<RunFault> faults = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      faults.add(of(round % KINDS, random));
    }
    return List.copyOf(faults);
  }

  private static RunFault of(int kind, Random random) {
    int millis = 500 + random.nextInt(14_000);
    return switch (kind) {
      case 0, 5 -> new Killed(List.of("ray"), millis);
      case 1 -> new WorkersKilled(1 + random.nextInt(3), 4_000 + random.nextInt(8_000));
      case 2 -> new Killed(List.of("processing-service"), millis);
      case 3 -> new Killed(List.of("postgres"), millis);
      case 4 -> new RayProcessKilled("gcs_server", millis);
      case 6 -> new Killed(List.of("kafka"), millis);
      case 7 -> new Killed(List.of("catalog-service"), millis);
      case 8 ->
          random.nextBoolean()
              ? new RayProcessKilled("dashboard/dashboard.py", millis)
              : new ServicePaused(millis);
      default ->
          new Killed(
              List.of("ray", "processing-service", "catalog-service", "postgres", "kafka", "s3"),
              millis);
    };
  }
}
