/**
 * Loads BPF programs into the kernel of this machine, attaches them to network interfaces and reads their maps.
 *
 * <p>Who wants to count traffic starts with {@link io.x0tta6bl4.ebpf.net.PacketCounter} or
 * {@link io.x0tta6bl4.ebpf.net.TrafficClassifier}. Who has programs of his own starts with
 * {@link io.x0tta6bl4.ebpf.BpfObject}: {@code open}, {@code load}, then {@link io.x0tta6bl4.ebpf.BpfProgram} to attach, which
 * gives a {@link io.x0tta6bl4.ebpf.BpfLink}, and {@link io.x0tta6bl4.ebpf.BpfMap} to read.
 * {@link io.x0tta6bl4.ebpf.Preflight} says what is missing on a machine, and how to get it.
 *
 * <p>Interfaces are those of the network namespace of the calling thread. Everything that was attached is detached when its
 * link is closed and when the process ends, however it ends; {@link io.x0tta6bl4.ebpf.TcMode#CLSACT} is the one exception.
 */
@NullMarked
package io.x0tta6bl4.ebpf;

import org.jspecify.annotations.NullMarked;
