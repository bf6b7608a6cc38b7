package io.x0tta6bl4.example.observe;

import io.x0tta6bl4.ebpf.BpfException;
import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.metrics.EbpfMetrics;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClass;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is attached to interfaces. One that fails does not keep the others from being watched. Made and closed by one thread;
 * the rest is thread-safe.
 */
public final class Observation implements AutoCloseable {

  private final EbpfMetrics metrics;
  private final Consumer<String> problems;
  private final List<AutoCloseable> attached = new ArrayList<>();
  private final List<BpfLink> links = new ArrayList<>();
  private final List<TrafficClassifier> classifiers = new ArrayList<>();

  private Observation(EbpfMetrics metrics, Consumer<String> problems) {
    this.metrics = metrics;
    this.problems = problems;
  }

  /**
   * Attaches what can be attached.
   *
   * @param plan what is wanted
   * @param metrics where it is shown
   * @param problems told of what could not be attached, one line each
   * @return what was attached, perhaps nothing
   */
  public static Observation start(ObservationPlan plan, EbpfMetrics metrics, Consumer<String> problems) {
    Observation observation = new Observation(metrics, problems);
    plan.interfaces().forEach(name -> observation.watch(name, plan));
    return observation;
  }

  private void watch(String name, ObservationPlan plan) {
    NetworkDevice device;
    try {
      device = NetworkDevice.byName(name);
    } catch (IllegalArgumentException e) {
      problems.accept(String.valueOf(e.getMessage()));
      return;
    }
    if (plan.xdp()) {
      attempt(name, () -> count(device, plan));
    }
    for (TcDirection direction : plan.directions()) {
      attempt(name, () -> classify(device, direction, plan));
    }
  }

  private void count(NetworkDevice device, ObservationPlan plan) {
    PacketCounter counter = PacketCounter.attach(device, plan.xdpMode());
    attached.add(counter);
    links.add(counter.link());
    metrics.add(counter);
  }

  /** Each direction by itself: if one cannot be had, the other is still worth having. */
  private void classify(NetworkDevice device, TcDirection direction, ObservationPlan plan) {
    TrafficClassifier classifier =
        TrafficClassifier.builder().device(device).direction(direction).mode(plan.tcMode()).attach();
    attached.add(classifier);
    classifiers.add(classifier);
    links.add(classifier.link(direction));
    metrics.add(classifier);
  }

  private void attempt(String name, Runnable attachment) {
    try {
      attachment.run();
    } catch (RuntimeException e) {
      // Whatever it is, the other interfaces are still worth watching.
      problems.accept("interface '" + name + "': " + (e instanceof BpfException ? e.getMessage() : e));
    }
  }

  /**
   * Whether nothing could be attached.
   *
   * @return whether it is so
   */
  public boolean isEmpty() {
    return attached.isEmpty();
  }

  /**
   * Whether anything still is: an interface may have been deleted.
   *
   * @return whether a packet can still be counted
   */
  public boolean isAttached() {
    return links.stream().anyMatch(link -> link.info().attached());
  }

  /**
   * Reads what was classified.
   *
   * @return the sums over all interfaces and directions
   */
  public Map<TrafficClass, Counts> classified() {
    Map<TrafficClass, Counts> sums = new HashMap<>();
    for (TrafficClassifier classifier : classifiers) {
      for (TcDirection direction : classifier.directions()) {
        classifier.read(direction).forEach((kind, counts) -> sums.merge(kind, counts, Counts::plus));
      }
    }
    return sums;
  }

  /**
   * What is attached, a line each.
   *
   * @return for people
   */
  public List<String> describe() {
    return links.stream().map(BpfLink::toString).toList();
  }

  /** Detaches all, newest first; what fails is told and does not keep the rest from being detached. */
  @Override
  public void close() {
    for (AutoCloseable next : attached.reversed()) {
      try {
        next.close();
      } catch (Exception e) {
        problems.accept("could not be detached: " + e.getMessage());
      }
    }
  }
}
