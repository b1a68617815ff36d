package dev.sluice.chaos.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is broken in a trial. */
sealed interface UploadFault {
  /** How long a broker is away once in a run. */
  int A_MINUTE = 60;

  /** SIGKILL of a process after so many milliseconds of upload. */
  record Killed(String part, int afterMillis) implements UploadFault {}

  /** PostgreSQL's immediate stop. */
  record DatabaseStopped(int afterMillis) implements UploadFault {}

  /** SIGKILL of database, broker, store and service at once. */
  record PowerCut(int afterMillis) implements UploadFault {}

  /** The service halts at a named instant. */
  record PointHit(String point) implements UploadFault {
    /** Whether only a damaged part leads there. */
    boolean repairs() {
      return point.startsWith("upload.repair.");
    }
  }

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

  /** There is no broker for so many seconds, while files are sent. */
  record BrokerAway(int seconds) implements UploadFault {}

  /** Every event is delivered so many times more, before and after the seal. */
  record SaidAgain(int times) implements UploadFault {}

  /** Some bytes are damaged; a client that tells checksums mends them part by part. */
  record BytesDamaged(Where where) implements UploadFault {}

  /** Where bytes become others. */
  enum Where {
    /** Between client and store. */
    ON_THE_WAY,
    /** In the store: what is read back is not what was put. */
    AT_REST
  }

  /** The service's database is put back to how it was after so many parts; clients go on. */
  record LedgerRestored(int afterParts) implements UploadFault {}

  /** The store is put back to how it was after so many parts, while files are on their way. */
  record StoreRestored(int afterParts) implements UploadFault {}

  /** Whether it takes so long to come back from that many files should meet it. */
  default boolean wantsCrowd() {
    return switch (this) {
      case Killed f -> true;
      case DatabaseStopped f -> true;
      case PowerCut f -> true;
      case BrokerAway f -> true;
      default -> false;
    };
  }

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
    After after = any(random, After.values());
    Where where = any(random, Where.values());
    return switch (trial % 16) {
      case 0, 8 -> new Killed("upload-service", millis);
      case 1 -> new TwoClients();
      case 2, 10 -> new StoreErrors(20);
      case 3, 11 -> new Killed("s3", millis);
      case 4 -> new LatePut(after);
      case 5, 13 -> new ClientDied(few);
      case 6 -> new Killed("postgres", millis);
      case 7 -> new BytesDamaged(where);
      case 9 -> new SaidAgain(few);
      case 12 -> new LedgerRestored(few - 1);
      case 14 -> new DatabaseStopped(millis);
      default -> rare(trial / 16, millis, few);
    };
  }

  private static <T> T any(Random random, T[] all) {
    return List.of(all).get(random.nextInt(all.length));
  }

  /** Faults that take long to come back from. */
  private static UploadFault rare(int turn, int millis, int few) {
    return switch (turn % 4) {
      case 0 -> new StoreRestored(few - 1);
      case 1 -> new Killed("kafka", millis);
      case 2 -> new PowerCut(millis);
      default -> new BrokerAway(turn == 3 ? A_MINUTE : few);
    };
  }
}
