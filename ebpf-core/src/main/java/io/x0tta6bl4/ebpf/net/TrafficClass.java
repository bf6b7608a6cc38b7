package io.x0tta6bl4.ebpf.net;

import java.util.Objects;

/**
 * A class of traffic.
 *
 * @param network the network protocol
 * @param transport what it carries
 * @param service the name that {@link ServicePorts} give to its port, {@code other} for none of them
 * @since 0.1.0
 */
public record TrafficClass(Network network, Transport transport, String service) {

  /** Checks the parts. */
  public TrafficClass {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(service, "service");
  }
}
