package io.x0tta6bl4.ebpf.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Cases that take turns, so that whatever slows the machine down for a while slows all of them down: A B C, A B C, and so on.
 */
final class Rounds {

  /** One measurement of a case. */
  interface Case {

    /**
     * Measures once.
     *
     * @return nanoseconds, of whatever the case is about
     */
    double measure() throws Exception;
  }

  /**
   * What came out.
   *
   * @param figures by the names of the cases, in their order
   */
  record Results(Map<String, Figure> figures) {

    Figure of(String name) {
      return Objects.requireNonNull(figures.get(name), name);
    }
  }

  private final Map<String, Case> cases = new LinkedHashMap<>();

  Rounds add(String name, Case measured) {
    if (cases.putIfAbsent(name, measured) != null) {
      throw new IllegalArgumentException("case '" + name + "': there is one of that name already");
    }
    return this;
  }

  Results run(int warmUp, int rounds) throws Exception {
    List<double[]> times = new ArrayList<>();
    cases.forEach((name, measured) -> times.add(new double[rounds]));
    for (int round = -warmUp; round < rounds; round++) {
      int index = 0;
      for (Case measured : cases.values()) {
        double time = measured.measure();
        if (round >= 0) {
          times.get(index)[round] = time;
        }
        index++;
      }
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (String name : cases.keySet()) {
      figures.put(name, Figure.of(times.get(figures.size())));
    }
    return new Results(figures);
  }
}
