/**
 * Counts the traffic of network interfaces, with the programs that come with this library.
 *
 * <p>{@link io.x0tta6bl4.ebpf.net.PacketCounter} counts frames that come in, by XDP.
 * {@link io.x0tta6bl4.ebpf.net.TrafficClassifier} counts packets in both directions by what they are, by TC. The two differ on
 * purpose: XDP sees frames as the driver gives them, TC sees packets after the kernel has put segments together, and counts
 * the segments that they were or will be on the wire.
 */
@NullMarked
package io.x0tta6bl4.ebpf.net;

import org.jspecify.annotations.NullMarked;
