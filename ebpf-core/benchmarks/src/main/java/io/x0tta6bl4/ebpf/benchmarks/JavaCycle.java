package io.x0tta6bl4.ebpf.benchmarks;

import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.BpfMap;
import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.BpfProgram;
import io.x0tta6bl4.ebpf.BundledObject;
import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.TcMode;
import io.x0tta6bl4.ebpf.XdpMode;

/** The cycle by this library. The objects are in memory before, as in C. */
final class JavaCycle implements Cycle.Runner {

  private final byte[] counter = BundledObject.XDP_COUNTER.bytes();
  private final byte[] classifier = BundledObject.TC_CLASSIFIER.bytes();
  private final NetworkDevice device = NetworkDevice.byName(Namespace.DEVICE);

  @Override
  public Cycle run(Cycle.Kind kind) {
    long start = System.nanoTime();
    long loaded;
    long attached;
    long detached;
    try (BpfObject object = open(kind)) {
      BpfProgram program = object.program(kind.isXdp() ? Programs.COUNTER : Programs.CLASSIFIER);
      if (kind.isXdp()) {
        program.acceptFragments();
      } else {
        object.map("traffic").setMaxEntries(Programs.SLOTS * BpfMap.possibleCpus());
      }
      object.load();
      loaded = System.nanoTime();
      attached = loaded;
      if (kind.attaches()) {
        try (BpfLink _ = attach(kind, program)) {
          attached = System.nanoTime();
        }
      }
      detached = kind.attaches() ? System.nanoTime() : attached;
    }
    return new Cycle(loaded - start, attached - loaded, detached - attached, System.nanoTime() - detached);
  }

  private BpfObject open(Cycle.Kind kind) {
    return kind.isXdp() ? BpfObject.open("counter", counter) : BpfObject.open("classifier", classifier);
  }

  private BpfLink attach(Cycle.Kind kind, BpfProgram program) {
    return kind.isXdp()
        ? program.attachXdp(device, XdpMode.NATIVE)
        : program.attachTc(device, TcDirection.INGRESS, TcMode.TCX);
  }
}
