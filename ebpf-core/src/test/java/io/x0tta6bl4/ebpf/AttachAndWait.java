package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.io.IOException;

/** A program that attaches in every way, says so, and waits to be killed. */
final class AttachAndWait {

  private AttachAndWait() {}

  public static void main(String[] arguments) throws IOException {
    String device = arguments[0];
    PacketCounter counter = PacketCounter.attach(device);
    TrafficClassifier tcx = TrafficClassifier.builder().device(device).mode(TcMode.TCX).attach();
    TrafficClassifier clsact = TrafficClassifier.builder().device(device).mode(TcMode.CLSACT).attach();
    System.out.println("ready");
    int unused = System.in.read();
    throw new IllegalStateException("not killed: " + unused + counter + tcx + clsact);
  }
}
