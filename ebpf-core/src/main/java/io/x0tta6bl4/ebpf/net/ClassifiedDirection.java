package io.x0tta6bl4.ebpf.net;

import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.BpfMap;
import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.BpfProgram;
import io.x0tta6bl4.ebpf.BundledObject;
import io.x0tta6bl4.ebpf.MappedArray;
import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.ProgramInfo;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.TcMode;
import io.x0tta6bl4.ebpf.internal.PossibleCpus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One direction of an interface, which has a program and a table of its own: so the program need not look up whose packet it
 * is, and the verifier leaves out what the direction does not need.
 *
 * <p>The table has a row for each CPU and slot; a slot is network, transport and service in 2, 4 and 4 bits. Source: the
 * comment of tc_classifier.bpf.c.
 */
final class ClassifiedDirection implements AutoCloseable {

  private static final int SLOTS = 1 << 10;
  private static final int NETWORK_SHIFT = 8;
  private static final int TRANSPORT_SHIFT = 4;
  private static final int MASK = 0xf;
  private static final int BYTES_AT = Long.BYTES;

  private static final Network[] NETWORKS = Network.values();
  private static final Transport[] TRANSPORTS = Transport.values();

  private final BpfObject object;
  private final BpfProgram program;
  private final MappedArray table;
  private final MappedArray portClass;
  private final int portClassAt;
  private final List<String> services;
  private final BpfLink link;
  private ServicePorts ports;

  private ClassifiedDirection(
      BpfObject object, NetworkDevice device, TcDirection direction, TcMode mode, ServicePorts ports) {
    this.object = object;
    this.program = object.program("tc_classifier_prog");
    this.services = ports.names();
    this.ports = ports;
    BpfMap traffic = object.map("traffic");
    traffic.setMaxEntries(SLOTS * PossibleCpus.rows(BpfMap.possibleCpus()));
    object.setConstant("egress", direction == TcDirection.EGRESS ? 1 : 0);
    object.setConstant("link_header", device.linkHeaderLength());
    object.load();
    this.table = traffic.mapped(false);
    this.portClass = object.map(".bss").mapped(true);
    this.portClassAt = object.offsetOf("port_class");
    ports.numbers().forEach(this::setPort);
    this.link = program.attachTc(device, direction, mode);
  }

  static ClassifiedDirection attach(NetworkDevice device, TcDirection direction, TcMode mode, ServicePorts ports) {
    return ClosedOnFailure.use(
        BpfObject.open(BundledObject.TC_CLASSIFIER),
        object -> new ClassifiedDirection(object, device, direction, mode, ports));
  }

  Map<TrafficClass, Counts> read() {
    int rows = table.entries();
    Map<TrafficClass, Counts> counts = new LinkedHashMap<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      long packets = 0;
      long bytes = 0;
      for (int row = slot; row < rows; row += SLOTS) {
        packets += table.getLong(row, 0);
        bytes += table.getLong(row, BYTES_AT);
      }
      if (packets != 0) {
        counts.merge(classOf(slot), new Counts(packets, bytes), Counts::plus);
      }
    }
    return counts;
  }

  private TrafficClass classOf(int slot) {
    int transport = slot >> TRANSPORT_SHIFT & MASK;
    int service = slot & MASK;
    return new TrafficClass(
        NETWORKS[slot >> NETWORK_SHIFT],
        transport < TRANSPORTS.length ? TRANSPORTS[transport] : Transport.OTHER,
        service < services.size() ? services.get(service) : ServicePorts.OTHER);
  }

  synchronized void setPorts(ServicePorts wanted) {
    if (!wanted.names().equals(services)) {
      throw new IllegalArgumentException(
          "services " + wanted.names() + ": expected " + services + ", since what was counted goes by their order");
    }
    Map<Integer, Byte> numbers = wanted.numbers();
    ports.numbers().keySet().stream().filter(port -> !numbers.containsKey(port)).forEach(port -> setPort(port, (byte) 0));
    numbers.forEach(this::setPort);
    ports = wanted;
  }

  private void setPort(int port, byte number) {
    portClass.setByte(0, portClassAt + port, number);
  }

  BpfLink link() {
    return link;
  }

  ProgramInfo program() {
    return program.info();
  }

  boolean isClosed() {
    return object.isClosed();
  }

  @Override
  public void close() {
    object.close();
  }
}
