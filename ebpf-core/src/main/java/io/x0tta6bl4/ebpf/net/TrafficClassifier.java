package io.x0tta6bl4.ebpf.net;

import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.ProgramInfo;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.TcMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the packets of an interface by what they are, by TC: network and transport protocol, and the service that their port
 * belongs to. The figures are those of the wire: a big packet that the kernel hands over as one counts as the segments that it
 * was or will be.
 *
 * {@snippet class="io.x0tta6bl4.ebpf.ExamplesTest" region="classify"}
 *
 * <p>Other filters of the interface see all packets as before. Reading needs no call of the kernel. Thread-safe. Closing
 * detaches the programs; closing twice does nothing; a read after that is an {@link IllegalStateException}.
 *
 * @since 0.1.0
 */
public final class TrafficClassifier implements AutoCloseable {

  private final NetworkDevice device;
  private final Map<TcDirection, ClassifiedDirection> directions;

  private TrafficClassifier(NetworkDevice device, Map<TcDirection, ClassifiedDirection> directions) {
    this.device = device;
    this.directions = directions;
  }

  /**
   * Begins with both directions, {@link TcMode#AUTO} and the {@linkplain ServicePorts#defaults default ports}.
   *
   * @return a builder, which needs a device
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The interface.
   *
   * @return as it was when the programs were attached
   */
  public NetworkDevice device() {
    return device;
  }

  /**
   * The directions that are counted.
   *
   * @return at least one
   */
  public Set<TcDirection> directions() {
    return Collections.unmodifiableSet(directions.keySet());
  }

  /**
   * Reads what was counted since it was attached. Packets and bytes of a class can differ by the packet that is passing.
   *
   * @param direction one of {@link #directions}
   * @return the classes that had a packet, with their counts; not kept up to date
   * @throws IllegalArgumentException if the direction is not counted
   * @throws IllegalStateException if it is closed
   */
  public Map<TrafficClass, Counts> read(TcDirection direction) {
    return of(direction).read();
  }

  /**
   * Changes which ports belong to which service, while packets pass. What was counted under a number of a service before goes
   * on under the new name that has this number, so change names only together with a new classifier.
   *
   * @param ports the new ports; the same names in the same order as before
   * @throws IllegalArgumentException if the names are others
   * @throws IllegalStateException if it is closed
   */
  public synchronized void setPorts(ServicePorts ports) {
    directions.values().forEach(direction -> direction.setPorts(ports));
  }

  /**
   * The attachment of a direction.
   *
   * @param direction one of {@link #directions}
   * @return its mode, and whether it still stands
   * @throws IllegalArgumentException if the direction is not counted
   */
  public BpfLink link(TcDirection direction) {
    return of(direction).link();
  }

  /**
   * What the kernel says of the program of a direction.
   *
   * @param direction one of {@link #directions}
   * @return its number, tag and run time
   * @throws IllegalArgumentException if the direction is not counted
   * @throws IllegalStateException if it is closed
   */
  public ProgramInfo program(TcDirection direction) {
    return of(direction).program();
  }

  private ClassifiedDirection of(TcDirection direction) {
    ClassifiedDirection found = directions.get(Objects.requireNonNull(direction, "direction"));
    if (found == null) {
      throw new IllegalArgumentException("direction " + direction + ": expected one of " + directions.keySet());
    }
    return found;
  }

  /**
   * Whether it was closed.
   *
   * @return whether {@link #close} was called
   */
  public boolean isClosed() {
    return directions.values().stream().anyMatch(ClassifiedDirection::isClosed);
  }

  @Override
  public void close() {
    close(directions);
  }

  private static void close(Map<TcDirection, ClassifiedDirection> directions) {
    RuntimeException failure = null;
    for (ClassifiedDirection direction : List.copyOf(directions.values()).reversed()) {
      try {
        direction.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public String toString() {
    return "traffic classifier of " + device.name() + " " + directions.keySet();
  }

  /** Builds a {@link TrafficClassifier}. Not thread-safe. */
  public static final class Builder {

    private @Nullable NetworkDevice device;
    private Set<TcDirection> directions = EnumSet.allOf(TcDirection.class);
    private TcMode mode = TcMode.AUTO;
    private ServicePorts ports = ServicePorts.defaults();

    private Builder() {}

    /**
     * Names the interface.
     *
     * @param name in the network namespace of the calling thread
     * @return this
     * @throws IllegalArgumentException if there is no such interface
     */
    public Builder device(String name) {
      return device(NetworkDevice.byName(name));
    }

    /**
     * Sets the interface.
     *
     * @param value of the network namespace of the thread that will attach
     * @return this
     */
    public Builder device(NetworkDevice value) {
      device = Objects.requireNonNull(value, "device");
      return this;
    }

    /**
     * Sets the direction, in place of both.
     *
     * @param direction the only one
     * @return this
     */
    public Builder direction(TcDirection direction) {
      directions = EnumSet.of(direction);
      return this;
    }

    /**
     * Sets how the programs are attached.
     *
     * @param value {@link TcMode#AUTO} by default
     * @return this
     */
    public Builder mode(TcMode value) {
      mode = Objects.requireNonNull(value, "mode");
      return this;
    }

    /**
     * Sets which ports belong to which service.
     *
     * @param value {@link ServicePorts#defaults} by default
     * @return this
     */
    public Builder services(ServicePorts value) {
      ports = Objects.requireNonNull(value, "services");
      return this;
    }

    /**
     * Loads and attaches the programs: all directions or, if one fails, none.
     *
     * @return the classifier, which counts already
     * @throws IllegalStateException if no device was set
     * @throws io.x0tta6bl4.ebpf.BpfAttachException if the interface is gone, or another living process has our filter there
     * @throws io.x0tta6bl4.ebpf.BpfUnsupportedException if {@link TcMode#TCX} was asked for and the kernel has none
     * @throws io.x0tta6bl4.ebpf.BpfPermissionException if the process may not: it needs {@code CAP_BPF} and
     *     {@code CAP_NET_ADMIN}
     * @throws io.x0tta6bl4.ebpf.LibbpfUnavailableException if there is no libbpf
     */
    public TrafficClassifier attach() {
      NetworkDevice wanted = device;
      if (wanted == null) {
        throw new IllegalStateException("device is missing: expected device(NAME) before attach()");
      }
      Map<TcDirection, ClassifiedDirection> attached = new EnumMap<>(TcDirection.class);
      try {
        for (TcDirection direction : directions) {
          attached.put(direction, ClassifiedDirection.attach(wanted, direction, mode, ports));
        }
        return new TrafficClassifier(wanted, attached);
      } catch (RuntimeException | Error e) {
        try {
          close(attached);
        } catch (RuntimeException onClose) {
          e.addSuppressed(onClose);
        }
        throw e;
      }
    }
  }
}
