package io.x0tta6bl4.ebpf.benchmarks;

import java.util.Arrays;

/**
 * What came out of the rounds of one case, in nanoseconds.
 *
 * @param best of the rounds: what is left when nothing else disturbs
 * @param median of the rounds
 */
record Figure(double best, double median) {

  static Figure of(double[] rounds) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return new Figure(sorted[0], sorted[sorted.length / 2]);
  }
}
