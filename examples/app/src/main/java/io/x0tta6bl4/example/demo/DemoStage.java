package io.x0tta6bl4.example.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the demo's page shows of the scenario: the orders so far, and how each stands. Thread-safe. */
final class DemoStage {

  private final Map<String, Act> acts = new LinkedHashMap<>();

  /**
   * An order on the stage.
   *
   * @param plan what is played
   * @param checkout the path of its page
   * @param status the order's, in the API's words
   */
  record Act(Case plan, String checkout, String status) {}

  synchronized void show(Case plan, String checkout, String status) {
    acts.put(plan.orderId(), new Act(plan, checkout, status));
  }

  synchronized Map<String, Act> acts() {
    return new LinkedHashMap<>(acts);
  }
}
