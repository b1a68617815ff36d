package dev.sluice.bench;

/**
 * What a figure should reach.
 *
 * @param of our own value or its ratio to the peer's
 * @param bound which side of the limit is good
 */
public record Goal(Of of, Bound bound, double limit) {
  /** What is compared with the limit. */
  public enum Of {
    OURS,
    RATIO
  }

  /** Which side of the limit is good. */
  public enum Bound {
    AT_MOST,
    AT_LEAST
  }

  /** Our value is at most so much. */
  public static Goal oursAtMost(double limit) {
    return new Goal(Of.OURS, Bound.AT_MOST, limit);
  }

  /** Our value is at least so much. */
  public static Goal oursAtLeast(double limit) {
    return new Goal(Of.OURS, Bound.AT_LEAST, limit);
  }

  /** Ours divided by the peer's is at most so much. */
  public static Goal ratioAtMost(double limit) {
    return new Goal(Of.RATIO, Bound.AT_MOST, limit);
  }

  /** Ours divided by the peer's is at least so much. */
  public static Goal ratioAtLeast(double limit) {
    return new Goal(Of.RATIO, Bound.AT_LEAST, limit);
  }

  boolean holds(double ours, double ratio) {
    double measured =
        switch (of) {
          case OURS -> ours;
          case RATIO -> ratio;
        };
    return switch (bound) {
      case AT_MOST -> measured <= limit;
      case AT_LEAST -> measured >= limit;
    };
  }

  @Override
  public String toString() {
    String sign = bound == Bound.AT_MOST ? "<=" : ">=";
    String what = of == Of.OURS ? "ours" : "ratio";
    return "%s %s %s".formatted(what, sign, Figure.rounded(limit));
  }
}
