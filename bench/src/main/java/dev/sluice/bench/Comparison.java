package dev.sluice.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Two contenders, run in pairs.
 *
 * @param ours median of our runs
 * @param peer median of the peer's runs
 * @param ratio of ours / peer, pair by pair
 * @param control median of the peer's runs divided by their neighbours, 1 on a quiet machine
 */
public record Comparison(double ours, double peer, Statistics.Interval ratio, double control) {

  /** Compares runs that were made pair by pair. */
  static Comparison of(List<Double> ours, List<Double> peer, long seed) {
    List<Double> ratios =
        IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / peer.get(i)).toList();
    return new Comparison(
        Statistics.median(ours),
        Statistics.median(peer),
        Statistics.bootstrap(ratios, seed),
        control(peer));
  }

  private static double control(List<Double> peer) {
    List<Double> neighbours =
        IntStream.range(1, peer.size()).mapToObj(i -> peer.get(i - 1) / peer.get(i)).toList();
    return neighbours.isEmpty() ? Double.NaN : Statistics.median(neighbours);
  }
}
