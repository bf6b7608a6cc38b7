package io.x0tta6bl4.ebpf.metrics;

import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.TrafficClass;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Shows a {@link TrafficClassifier}. */
record TrafficClassifierSource(TrafficClassifier classifier) implements EbpfMetrics.Source {

  @Override
  public Consumer<Families> read() {
    Map<TcDirection, Map<TrafficClass, Counts>> traffic = new EnumMap<>(TcDirection.class);
    List<LinkState> states = new ArrayList<>();
    for (TcDirection direction : classifier.directions()) {
      traffic.put(direction, classifier.read(direction));
      states.add(LinkState.of(classifier.link(direction), classifier.program(direction)));
    }
    return families -> {
      traffic.forEach((direction, classes) -> classes.forEach((what, counts) -> add(families, direction, what, counts)));
      states.forEach(families::addLink);
    };
  }

  private void add(Families families, TcDirection direction, TrafficClass what, Counts counts) {
    String[] labels = {
      classifier.device().name(), direction.label(), what.network().label(), what.transport().label(), what.service()
    };
    families.add(Family.TC_PACKETS, counts.packets(), labels);
    families.add(Family.TC_BYTES, counts.bytes(), labels);
  }

  @Override
  public boolean isClosed() {
    return classifier.isClosed();
  }
}
