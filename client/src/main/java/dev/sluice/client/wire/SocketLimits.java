package dev.sluice.client.wire;

import java.time.Duration;

/**
 * How long a socket may keep us waiting.
 *
 * @param connect until somebody accepts
 * @param stall without a byte getting away
 * @param answer without a byte of the answer once everything is sent
 * @param idle how long an unused connection is kept
 * @param slowest bytes a second below which sending is given up, however steady it is
 */
record SocketLimits(
    Duration connect, Duration stall, Duration answer, Duration idle, long slowest) {

  static final SocketLimits STANDARD =
      new SocketLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          100_000);

  /** When sending so many bytes must be over, by {@link System#nanoTime}. */
  long deadline(long bytes) {
    return System.nanoTime()
        + Duration.ofSeconds(bytes / slowest).plus(answer).plus(stall).toNanos();
  }
}
