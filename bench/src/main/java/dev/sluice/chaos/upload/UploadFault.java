package dev.sluice.chaos.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is broken in a trial. */
sealed interface UploadFault {
  /** SIGKILL of a process after so many milliseconds of upload. */
  record Killed(String part, int afterMillis) implements UploadFault {}

  /** PostgreSQL's immediate stop. */
  record DatabaseStopped(int afterMillis) implements UploadFault {}

  /** SIGKILL of database, broker, store and service at once. */
  record PowerCut(int afterMillis) implements UploadFault {}

  /** The service halts at a named instant. */
  record PointHit(String point) implements UploadFault {}

  /** A client is gone after some parts; another one, elsewhere, goes on. */
  record ClientDied(int afterParts) implements UploadFault {}

  /** Two clients send the same files at once. */
  record TwoClients() implements UploadFault {}

  /** A PUT is held on its way and arrives when another attempt is completed. */
  record LatePut(After after) implements UploadFault {}

  /** What the held PUT comes after. */
  enum After {
    /** The same client sent the part again and completed. */
    RETRY,
    /** The upload was aborted and other content went to the same path. */
    ABORT,
    /** The upload is completed, and the address brings other bytes of the same length. */
    COMPLETION
  }

  /** The store's answers go wrong with this probability, for the service and for clients. */
  record StoreErrors(int percent) implements UploadFault {}

  /** There is no broker while files are sent. */
  record BrokerAway() implements UploadFault {}

  /** Every event is delivered so many times more, before and after the seal. */
  record SaidAgain(int times) implements UploadFault {}

  /** The service's database is put back to how it was after so many parts; clients go on. */
  record LedgerRestored(int afterParts) implements UploadFault {}

  /** The faults of a seed: each kind comes again and again, the instants are random. */
  static List<UploadFault> sequence(int trials, long seed) {
    Random random = new Random(seed);
    List<UploadFault> faults = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      faults.add(of(trial, random));
    }
    return List.copyOf(faults);
  }

  private static UploadFault of(int trial, Random random) {
    int millis = random.nextInt(900);
    int few = 1 + random.nextInt(5);
    After after = After.values()[random.nextInt(After.values().length)];
    return switch (trial % 13) {
      case 0 -> new Killed("upload-service", millis);
      case 1 -> new TwoClients();
      case 2 -> new StoreErrors(20);
      case 3 -> new Killed("s3", millis);
      case 4 -> new LatePut(after);
      case 5 -> new ClientDied(few);
      case 6 -> new Killed("postgres", millis);
      case 7 -> new StoreErrors(20);
      case 8 -> new SaidAgain(few);
      case 9 -> new Killed("kafka", millis);
      case 10 -> new DatabaseStopped(millis);
      case 11 -> new LedgerRestored(few);
      default -> random.nextBoolean() ? new PowerCut(millis) : new BrokerAway();
    };
  }
}
