package dev.sluice.bench;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * One measured value, alone or beside a peer's.
 *
 * @param peer who was measured beside us; null for none
 * @param ratio median of ours / peer over the pairs
 * @param low lower end of its bootstrap 95 % interval
 * @param high upper end of it
 * @param control the peer against itself in neighbouring runs; far from 1 means a restless machine
 * @param goal in words; null when there is none
 * @param holds whether the goal is reached; null when there is none
 */
@JsonPropertyOrder({
  "leg",
  "case",
  "unit",
  "ours",
  "peer",
  "peerValue",
  "ratio",
  "low",
  "high",
  "control",
  "goal",
  "holds"
})
public record Figure(
    String leg,
    @com.fasterxml.jackson.annotation.JsonProperty("case") String name,
    String unit,
    @Nullable BigDecimal ours,
    @Nullable String peer,
    @Nullable BigDecimal peerValue,
    @Nullable BigDecimal ratio,
    @Nullable BigDecimal low,
    @Nullable BigDecimal high,
    @Nullable BigDecimal control,
    @Nullable String goal,
    @Nullable Boolean holds) {
  private static final MathContext DIGITS = new MathContext(4);

  /** A value that has no peer. */
  public static Figure alone(String leg, String name, String unit, double ours) {
    return new Figure(
        leg, name, unit, rounded(ours), null, null, null, null, null, null, null, null);
  }

  /** A value beside a peer's. */
  public static Figure beside(
      String leg, String name, String unit, String peer, Comparison measured) {
    return new Figure(
        leg,
        name,
        unit,
        rounded(measured.ours()),
        peer,
        rounded(measured.peer()),
        rounded(measured.ratio().median()),
        rounded(measured.ratio().low()),
        rounded(measured.ratio().high()),
        rounded(measured.control()),
        null,
        null);
  }

  /** A sum beside a peer's sum: there are no pairs, hence no interval. */
  public static Figure sums(String leg, String name, String unit, double ours, double peer) {
    return new Figure(
        leg,
        name,
        unit,
        rounded(ours),
        "sum of peers",
        rounded(peer),
        rounded(ours / peer),
        null,
        null,
        null,
        null,
        null);
  }

  /** The same value with a goal to reach. */
  public Figure with(Goal wanted) {
    double mine = ours == null ? Double.NaN : ours.doubleValue();
    double share = ratio == null ? Double.NaN : ratio.doubleValue();
    return new Figure(
        leg,
        name,
        unit,
        ours,
        peer,
        peerValue,
        ratio,
        low,
        high,
        control,
        wanted.toString(),
        wanted.holds(mine, share));
  }

  /** Four digits are more than a loaded machine can tell; null for what is no number. */
  static @Nullable BigDecimal rounded(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal short4 = exact.round(DIGITS);
    return short4.scale() < 0
        ? short4.setScale(0)
        : short4.stripTrailingZeros().scale() < 0
            ? short4.setScale(0, java.math.RoundingMode.HALF_UP)
            : short4.stripTrailingZeros();
  }
}
