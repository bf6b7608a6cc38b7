package io.x0tta6bl4.example.observe;

import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.TcMode;
import io.x0tta6bl4.ebpf.XdpMode;
import java.util.Set;

/**
 * What is to be attached.
 *
 * @param interfaces their names, each once, in the order in which they are tried
 * @param xdp whether frames are counted by XDP
 * @param xdpMode how
 * @param directions in which packets are classified by TC; may be none
 * @param tcMode how
 */
public record ObservationPlan(
    Set<String> interfaces, boolean xdp, XdpMode xdpMode, Set<TcDirection> directions, TcMode tcMode) {}
