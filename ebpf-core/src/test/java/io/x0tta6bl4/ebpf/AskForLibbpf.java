package io.x0tta6bl4.ebpf;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Begins with the library in every way that there is, and tells what came of it. */
final class AskForLibbpf {

  private AskForLibbpf() {}

  public static void main(String[] arguments) {
    tell(() -> "possible CPUs " + BpfMap.possibleCpus());
    tell(
        () -> {
          BpfObject.open(BundledObject.XDP_COUNTER).close();
          return "opened";
        });
    tell(() -> BpfObject.verify("counter", BundledObject.XDP_COUNTER.bytes()).accepted() ? "accepted" : "refused");
    tell(() -> BpfLink.openPinned(Path.of("/nothing")).toString());
    tell(() -> PinnedMap.open(Path.of("/nothing")).toString());
    System.out.println(Preflight.check().toString().replace('\n', '|'));
    System.out.println("alive");
  }

  private static void tell(Supplier<String> work) {
    try {
      System.out.println(work.get());
    } catch (LibbpfUnavailableException e) {
      System.out.println("LibbpfUnavailableException: " + e.getMessage());
    } catch (BpfException e) {
      System.out.println("no such pin");
    }
  }
}
