package io.x0tta6bl4.ebpf.net;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which ports belong to which service. A packet belongs to the service of its destination port, or, if that has none, of its
 * source port, so that both halves of a conversation fall into one class. Immutable.
 *
 * @since 0.1.0
 */
public final class ServicePorts {

  /** What a packet belongs to that belongs to no service. */
  public static final String OTHER = "other";

  /** How many services there can be besides {@link #OTHER}. */
  public static final int MOST_SERVICES = 15;

  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  private static final ServicePorts DEFAULTS =
      builder()
          .service("dns", 53)
          .service("http", 80, 8080)
          .service("https", 443, 8443)
          .service("ssh", 22)
          .service("ntp", 123)
          .build();

  private final Map<String, Set<Integer>> services;

  private ServicePorts(Map<String, Set<Integer>> services) {
    Map<String, Set<Integer>> copy = new LinkedHashMap<>();
    services.forEach((name, ports) -> copy.put(name, Collections.unmodifiableSet(new TreeSet<>(ports))));
    this.services = Collections.unmodifiableMap(copy);
  }

  /**
   * The usual ones: {@code dns} 53, {@code http} 80 and 8080, {@code https} 443 and 8443, {@code ssh} 22, {@code ntp} 123.
   *
   * @return the default
   */
  public static ServicePorts defaults() {
    return DEFAULTS;
  }

  /**
   * Begins without any service.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The services with their ports, in the order in which they were named.
   *
   * @return unmodifiable
   */
  public Map<String, Set<Integer>> services() {
    return services;
  }

  /** The names by the program's numbers: 0 is {@link #OTHER}. */
  List<String> names() {
    List<String> names = new ArrayList<>(services.size() + 1);
    names.add(OTHER);
    names.addAll(services.keySet());
    return names;
  }

  /** The program's number of each port that has one. */
  Map<Integer, Byte> numbers() {
    Map<Integer, Byte> numbers = new TreeMap<>();
    byte number = 0;
    for (Set<Integer> ports : services.values()) {
      number++;
      for (int port : ports) {
        numbers.put(port, number);
      }
    }
    return numbers;
  }

  /** The order counts too: by it the services have their numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ServicePorts ports && services.equals(ports.services) && names().equals(ports.names());
  }

  @Override
  public int hashCode() {
    return services.hashCode();
  }

  @Override
  public String toString() {
    return services.toString();
  }

  /** Builds {@link ServicePorts}. Not thread-safe. */
  public static final class Builder {

    private final Map<String, Set<Integer>> services = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Names a service.
     *
     * @param name 1 to 32 characters of {@code [a-z0-9_-]}, the first a letter; not {@link #OTHER}
     * @param ports at least one, from 0 to 65535, none of which another service has
     * @return this
     * @throws IllegalArgumentException if the name or a port is not as said, or the services are too many
     */
    public Builder service(String name, int... ports) {
      Objects.requireNonNull(name, "name");
      if (!NAME.matcher(name).matches() || name.equals(OTHER) || services.containsKey(name)) {
        throw new IllegalArgumentException(
            "service '" + name + "': expected a new name of 1 to 32 characters of [a-z0-9_-], a letter first, and not '"
                + OTHER + "'");
      }
      if (ports.length == 0) {
        throw new IllegalArgumentException("service '" + name + "': expected at least one port");
      }
      if (services.size() == MOST_SERVICES) {
        throw new IllegalArgumentException("service '" + name + "': expected " + MOST_SERVICES + " services at the most");
      }
      Set<Integer> checked = new TreeSet<>();
      for (int port : ports) {
        checkPort(name, port);
        checked.add(port);
      }
      services.put(name, checked);
      return this;
    }

    private void checkPort(String name, int port) {
      if (port < 0 || port > HIGHEST_PORT) {
        throw new IllegalArgumentException("service '" + name + "', port " + port + ": expected 0 to " + HIGHEST_PORT);
      }
      services.forEach(
          (other, ports) -> {
            if (ports.contains(port)) {
              throw new IllegalArgumentException("service '" + name + "', port " + port + ": it belongs to '" + other + "'");
            }
          });
    }

    /**
     * Builds.
     *
     * @return the ports
     */
    public ServicePorts build() {
      return new ServicePorts(services);
    }
  }
}
