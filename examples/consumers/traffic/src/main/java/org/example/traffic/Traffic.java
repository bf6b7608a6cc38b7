package org.example.traffic;

import io.x0tta6bl4.ebpf.Preflight;
import io.x0tta6bl4.ebpf.TcDirection;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;

/** Counts what passes an interface, named by the first argument, for five seconds. */
public final class Traffic {

  public static void main(String[] args) throws InterruptedException {
    Preflight.check().requireOk();
    try (TrafficClassifier classifier = TrafficClassifier.builder().device(args[0]).attach()) {
      Thread.sleep(5_000);
      classifier.read(TcDirection.INGRESS).forEach((what, counts) -> System.out.println(what + " " + counts));
    }
  }
}
