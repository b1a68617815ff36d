package dev.sluice.bench;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Medians, percentiles and the bootstrap. */
public final class Statistics {
  private static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;

  private Statistics() {}

  /**
   * A median with the interval that holds it with 95 % confidence.
   *
   * @param low equal to the median when there is one value only
   */
  public record Interval(double median, double low, double high) {}

  /** The middle value; between the two middle ones for an even number of values. */
  public static double median(List<Double> values) {
    return percentile(values, 0.5);
  }

  /**
   * The value below which this share lies, interpolated between neighbours.
   *
   * @param share from 0 to 1
   */
  public static double percentile(List<Double> values, double share) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return at(sorted, share);
  }

  /** Percentile bootstrap of the median; the same seed gives the same interval. */
  public static Interval bootstrap(List<Double> values, long seed) {
    double[] pool = values.stream().mapToDouble(Double::doubleValue).toArray();
    Random random = new Random(seed);
    double[] medians =
        DoubleStream.generate(() -> medianOfResample(pool, random))
            .limit(RESAMPLES)
            .sorted()
            .toArray();
    return new Interval(median(values), at(medians, TAIL), at(medians, 1 - TAIL));
  }

  private static double medianOfResample(double[] pool, Random random) {
    double[] drawn =
        DoubleStream.generate(() -> pool[random.nextInt(pool.length)])
            .limit(pool.length)
            .sorted()
            .toArray();
    return at(drawn, 0.5);
  }

  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
