package io.x0tta6bl4.ebpf.metrics;

import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import java.util.function.Consumer;

/** Shows a {@link PacketCounter}. */
record PacketCounterSource(PacketCounter counter) implements EbpfMetrics.Source {

  @Override
  public Consumer<Families> read() {
    Counts counts = counter.read();
    LinkState state = LinkState.of(counter.link(), counter.program());
    String device = counter.link().device().name();
    return families -> {
      families.add(Family.XDP_PACKETS, counts.packets(), device);
      families.add(Family.XDP_BYTES, counts.bytes(), device);
      families.addLink(state);
    };
  }

  @Override
  public boolean isClosed() {
    return counter.isClosed();
  }
}
