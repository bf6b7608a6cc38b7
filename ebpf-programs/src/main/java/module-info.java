/**
 * BPF programs, compiled, at {@code META-INF/bpf}, with their sources at {@code META-INF/bpf/src} and an index,
 * {@code META-INF/bpf/index.properties}. There is no Java in it; this descriptor gives the resources a name in the module graph.
 */
module io.x0tta6bl4.ebpf.programs {}
