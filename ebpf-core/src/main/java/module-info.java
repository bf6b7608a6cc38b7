/**
 * BPF programs from Java: loaded by libbpf through the foreign function interface, attached so that they cannot be left behind,
 * read without a call of the kernel where that can be had, and shown to Prometheus.
 *
 * <p>Start with {@link io.x0tta6bl4.ebpf.net.PacketCounter} or {@link io.x0tta6bl4.ebpf.net.TrafficClassifier}; with programs of
 * your own start with {@link io.x0tta6bl4.ebpf.BpfObject}. Run with
 * {@code --enable-native-access=io.x0tta6bl4.ebpf}, on the class path with {@code --enable-native-access=ALL-UNNAMED}.
 */
module io.x0tta6bl4.ebpf {
  requires static transitive org.jspecify;
  requires transitive io.prometheus.metrics.model;
  requires io.x0tta6bl4.ebpf.programs;
  requires org.slf4j;

  exports io.x0tta6bl4.ebpf;
  exports io.x0tta6bl4.ebpf.metrics;
  exports io.x0tta6bl4.ebpf.net;
}
