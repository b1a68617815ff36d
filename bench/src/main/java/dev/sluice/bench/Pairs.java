package dev.sluice.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Runs ours and a peer in the order A B B A …, first some pairs that do not count. */
public final class Pairs {
  private final List<Sample> ours = new ArrayList<>();
  private final List<Sample> peers = new ArrayList<>();
  private final long seed;

  private Pairs(long seed) {
    this.seed = seed;
  }

  /** One run of a contender. */
  @FunctionalInterface
  public interface Contender {
    /** Runs once and tells what came out. */
    Sample run() throws Exception;
  }

  /**
   * What one run gave.
   *
   * @param values by name, for example p50 and p99
   * @param expected digest of what went in
   * @param got digest of what came out
   */
  public record Sample(Map<String, Double> values, String expected, String got) {
    /** Copies the values. */
    public Sample {
      values = Map.copyOf(new HashMap<>(values));
    }

    /** A run whose result is nothing but the value. */
    public static Sample of(String name, double value) {
      return new Sample(Map.of(name, value), "", "");
    }

    double value(String name) {
      Double value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("no value '" + name + "'");
      }
      return value;
    }
  }

  /** A run gave something else than was put in, so that its speed means nothing. */
  public static final class WrongResult extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongResult(String who, Sample sample) {
      super("%s: expected result %s but got %s".formatted(who, sample.expected(), sample.got()));
    }
  }

  /** Runs all pairs. */
  public static Pairs run(Settings settings, Contender ours, Contender peer) throws Exception {
    Pairs pairs = new Pairs(settings.seed());
    for (int i = 0; i < settings.warmUps() + settings.pairs(); i++) {
      boolean oursFirst = i % 2 == 0;
      Sample first = checked(oursFirst ? "ours" : "peer", oursFirst ? ours : peer);
      Sample second = checked(oursFirst ? "peer" : "ours", oursFirst ? peer : ours);
      if (i >= settings.warmUps()) {
        pairs.ours.add(oursFirst ? first : second);
        pairs.peers.add(oursFirst ? second : first);
      }
    }
    return pairs;
  }

  private static Sample checked(String who, Contender contender) throws Exception {
    Sample sample = contender.run();
    if (!sample.expected().equals(sample.got())) {
      throw new WrongResult(who, sample);
    }
    return sample;
  }

  /** Compares the runs by one of their values. */
  public Comparison by(String value) {
    ToDoubleFunction<Sample> of = sample -> sample.value(value);
    return Comparison.of(
        ours.stream().mapToDouble(of).boxed().toList(),
        peers.stream().mapToDouble(of).boxed().toList(),
        seed);
  }
}
