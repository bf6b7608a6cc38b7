package io.x0tta6bl4.ebpf.benchmarks;

import io.x0tta6bl4.ebpf.BpfMap;
import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.BundledObject;
import io.x0tta6bl4.ebpf.MappedArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Loads what is measured, as it is loaded to be attached. */
final class Programs {

  static final String COUNTER = "xdp_counter_prog";
  static final String CLASSIFIER = "tc_classifier_prog";

  /** Slots of the classifier's table, for each CPU. */
  static final int SLOTS = 1 << 10;

  private static final String EMPTY = "bpf/empty.bpf.o";
  private static final int[] PORTS = {53, 80, 8080, 443, 8443, 22, 123};

  private Programs() {}

  static BpfObject empty() throws IOException {
    try (InputStream in = Programs.class.getClassLoader().getResourceAsStream(EMPTY)) {
      if (in == null) {
        throw new IllegalStateException(EMPTY + " is not on the class path");
      }
      return BpfObject.open("empty", in.readAllBytes()).load();
    }
  }

  static BpfObject counter() {
    BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER);
    object.program(COUNTER).acceptFragments();
    return object.load();
  }

  static BpfObject classifier() {
    BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER);
    object.map("traffic").setMaxEntries(SLOTS * BpfMap.possibleCpus());
    object.load();
    try (MappedArray ports = object.map(".bss").mapped(true)) {
      int at = object.offsetOf("port_class");
      for (int port : PORTS) {
        ports.setByte(0, at + port, (byte) 1);
      }
    }
    return object;
  }

  /** Somebody else's object, with one program of it. */
  static BpfObject other(Path file, String program) throws IOException {
    BpfObject object = BpfObject.open(file);
    // Says which programs there are if there is none of that name.
    object.program(program);
    object.programs().stream().filter(found -> !found.name().equals(program)).forEach(found -> found.leaveOut());
    return object.load();
  }
}
