package dev.sluice.chaos.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is broken while people work on versions. */
sealed interface CatalogFault {
  /** Points at which a replica is made to stand still while another one goes on. */
  List<String> PAUSES =
      List.of(
          "catalog.edit.afterNodes",
          "catalog.edit.beforeCommit",
          "catalog.seal.beforeFact",
          "catalog.seal.beforeCommit",
          "catalog.merge.beforeCommit",
          "catalog.garbage.afterMark",
          "catalog.alias.beforeFact",
          "catalog.retention.beforeCommit",
          "catalog.openlineage.afterPost",
          "outbox.beforeSend");

  /** SIGKILL of processes after so many milliseconds; several at once are a power cut. */
  record Killed(List<String> parts, int afterMillis) implements CatalogFault {}

  /** PostgreSQL's immediate stop. */
  record DatabaseStopped(int afterMillis) implements CatalogFault {}

  /** The service halts at a named instant. */
  record PointHit(String point) implements CatalogFault {}

  /** There is no broker for a while. */
  record BrokerAway(int afterMillis) implements CatalogFault {}

  /** Every fact about uploads is delivered so many times more, other datasets' between. */
  record SaidAgain(int times) implements CatalogFault {}

  /** A replica stands still at a named instant, people go to another one, then it goes on. */
  record Zombie(String point) implements CatalogFault {}

  /** As the other, at any instant. */
  record Paused(int afterMillis) implements CatalogFault {}

  /** Sixteen writers on one line, and readers; the service is killed after that, 0 for never. */
  record Crowd(int killedAfterMillis) implements CatalogFault {}

  /** Nothing is broken: versions are sealed one after the other, until they were read so often. */
  record Read(long reads) implements CatalogFault {}

  /** How many different ones a sequence goes through before it comes round. */
  int KINDS = 12;

  /** The faults of a seed: each kind comes again and again, the instants are random. */
  static List<CatalogFault> sequence(int rounds, long seed) {
    Random random = new Random(seed);
    List<CatalogFault> faults = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      faults.add(of(round, random));
    }
    return List.copyOf(faults);
  }

  private static CatalogFault of(int round, Random random) {
    int millis = 100 + random.nextInt(2_500);
    return switch (round % KINDS) {
      case 0, 6 -> new Killed(List.of("catalog-service"), millis);
      case 1 -> new Zombie(PAUSES.get(random.nextInt(PAUSES.size())));
      case 2 -> new Killed(List.of("postgres"), millis);
      case 3 -> new Crowd(0);
      case 4 -> new SaidAgain(1 + random.nextInt(4));
      case 5 -> new DatabaseStopped(millis);
      case 7 -> new BrokerAway(millis);
      case 8 -> new Zombie(PAUSES.get(random.nextInt(PAUSES.size())));
      case 9 -> new Crowd(millis);
      case 10 -> new Paused(millis);
      default -> new Killed(List.of("postgres", "kafka", "s3", "catalog-service"), millis);
    };
  }
}
