package dev.sluice.chaos.proxy;

import java.util.concurrent.CountDownLatch;

/** What happens to one request. */
public sealed interface Mischief {
  /** Nothing: it goes through. */
  record None() implements Mischief {}

  /** It goes through late. */
  record Delay(int millis) implements Mischief {}

  /** Half of the body reaches the store, then both connections are reset. */
  record ResetMidBody() implements Mischief {}

  /** The store never sees it; the answer is 503 SlowDown. */
  record SlowDown() implements Mischief {}

  /** The store does it, the answer is 500. */
  record ErrorAfterCommit() implements Mischief {}

  /** The store does it, the answer is lost. */
  record AnswerLost() implements Mischief {}

  /** The store does it, and half of the answer's body arrives. */
  record AnswerTruncated() implements Mischief {}

  /** One byte of the request's body is another when it reaches the store. */
  record Damaged() implements Mischief {}

  /** One byte of the answer's body is another, as if the store had kept it badly. */
  record AnswerDamaged() implements Mischief {}

  /**
   * The answer is 200 with an error in its body, as S3 may answer CompleteMultipartUpload.
   *
   * @param committed whether the store did it all the same
   */
  record OkWithError(boolean committed) implements Mischief {}

  /**
   * The request is taken whole and reaches the store only when the latch opens, also when the
   * client has gone long ago.
   */
  record Hold(CountDownLatch release) implements Mischief {}

  /** Nothing. */
  Mischief NONE = new None();
}
