package dev.sluice.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is broken in a trial. */
sealed interface Fault {
  /** Crash points of outbox and inbox, all between a commit and its effect. */
  List<String> POINTS =
      List.of("outbox.beforeSend", "outbox.afterSend", "inbox.beforeEffect", "inbox.afterCommit");

  /** SIGKILL of the service after so many milliseconds of load. */
  record ServiceKilled(int afterMillis) implements Fault {}

  /** The service halts at a named instant. */
  record ServiceHalted(String point, int armedAfterMillis) implements Fault {}

  /** SIGKILL of the broker. */
  record BrokerKilled(int afterMillis) implements Fault {}

  /** SIGKILL of PostgreSQL's first process. */
  record DatabaseKilled(int afterMillis) implements Fault {}

  /** SIGKILL of all three at once, as a power cut. */
  record PowerCut(int afterMillis) implements Fault {}

  /** The faults of a seed: each kind comes again and again, the instants are random. */
  static List<Fault> sequence(int trials, long seed) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      faults.add(of(trial, random));
    }
    return List.copyOf(faults);
  }

  private static Fault of(int trial, Random random) {
    int millis = 20 + random.nextInt(600);
    int kinds = POINTS.size() + 4;
    return switch (trial % kinds) {
      case 0 -> new ServiceKilled(millis);
      case 1 -> new DatabaseKilled(millis);
      case 2 -> new BrokerKilled(millis);
      case 3 -> new PowerCut(millis);
      default -> new ServiceHalted(POINTS.get(trial % kinds - 4), millis);
    };
  }
}
