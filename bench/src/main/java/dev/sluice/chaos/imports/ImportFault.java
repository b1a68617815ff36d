package dev.sluice.chaos.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is broken while imports run. */
sealed interface ImportFault {
  /** SIGKILL of processes after so many milliseconds; several at once are a power cut. */
  record Killed(List<String> parts, int afterMillis) implements ImportFault {}

  /** PostgreSQL's immediate stop. */
  record DatabaseStopped(int afterMillis) implements ImportFault {}

  /** The service halts at a named instant. */
  record PointHit(String point) implements ImportFault {}

  /** Nothing but what the sources do wrong. */
  record SourcesOnly() implements ImportFault {}

  /** The store's answers go wrong with this probability. */
  record StoreErrors(int percent) implements ImportFault {}

  /** There is no broker while files are brought. */
  record BrokerAway() implements ImportFault {}

  /** Every event is delivered so many times more. */
  record SaidAgain(int times) implements ImportFault {}

  /** Each import is asked for twice at once. */
  record AskedTwice() implements ImportFault {}

  /** Each import is stopped by a person after so many milliseconds, and asked for again. */
  record Cancelled(int afterMillis) implements ImportFault {}

  /** The service is killed while the second time of each schedule has come. */
  record Scheduled(int afterMillis) implements ImportFault {}

  /** A part is held on its way to the store, the service is killed, and the part arrives late. */
  record LatePut(int afterMillis) implements ImportFault {}

  /** How many different ones a sequence goes through before it comes round. */
  int KINDS = 16;

  /** The faults of a seed: each kind comes again and again, the instants are random. */
  static List<ImportFault> sequence(int rounds, long seed) {
    Random random = new Random(seed);
    List<ImportFault> faults = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      faults.add(of(round, random));
    }
    return List.copyOf(faults);
  }

  private static ImportFault of(int round, Random random) {
    int millis = 200 + random.nextInt(3_500);
    int few = 1 + random.nextInt(5);
    return switch (round % KINDS) {
      case 0 -> new Killed(List.of("upload-service"), millis);
      case 1, 5, 9 -> new SourcesOnly();
      case 2 -> new StoreErrors(15);
      case 3 -> new Killed(List.of("s3"), millis);
      case 4 -> new Killed(List.of("catalog-service"), millis);
      case 6 -> new Killed(List.of("postgres"), millis);
      case 7 -> new SaidAgain(few);
      case 8 -> new LatePut(millis);
      case 10 -> new DatabaseStopped(millis);
      case 11 -> new AskedTwice();
      case 12 -> new Killed(List.of("upload-service"), millis);
      case 13 -> new Cancelled(millis);
      case 14 -> new Scheduled(millis);
      default ->
          random.nextBoolean()
              ? new Killed(
                  List.of("postgres", "kafka", "s3", "upload-service", "catalog-service"), millis)
              : new BrokerAway();
    };
  }
}
