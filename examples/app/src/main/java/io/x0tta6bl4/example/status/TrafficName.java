package io.x0tta6bl4.example.status;

import io.x0tta6bl4.ebpf.net.ServicePorts;

/** What a class of traffic is called: by its service, or by its transport where that is none of the known ones. */
public final class TrafficName {

  private TrafficName() {}

  /**
   * Names a class.
   *
   * @param transport such as {@code tcp}
   * @param service such as {@code https}
   * @return one word
   */
  public static String of(String transport, String service) {
    return service.isEmpty() || service.equals(ServicePorts.OTHER) ? transport : service;
  }
}
