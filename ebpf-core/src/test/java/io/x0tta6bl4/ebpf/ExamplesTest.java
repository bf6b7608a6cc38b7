package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The examples of the documentation, which takes them from here. They run up to the interface, which is none. */
class ExamplesTest {

  private static final String NONE = "no-such-device";

  @Test
  void aCounterLooksForItsInterfaceFirst() {
    refused(ExamplesTest::count);
  }

  @Test
  void aClassifierLooksForItsInterfaceFirst() {
    refused(ExamplesTest::classify);
  }

  @Test
  @RequiresBpf
  void anObjectIsLoadedBeforeItsProgramIsAttached() {
    refused(ExamplesTest::load);
  }

  private static void count(String device) {
    // @start region="count"
    try (PacketCounter counter = PacketCounter.attach(device)) { // @replace substring="device" replacement='"eth0"'
      System.out.println(counter.read());
    }
    // @end
  }

  private static void classify(String device) {
    // @start region="classify"
    try (TrafficClassifier classifier =
        TrafficClassifier.builder().device(device).attach()) { // @replace substring="(device)" replacement='("eth0")'
      classifier.read(TcDirection.INGRESS).forEach((what, counts) -> System.out.println(what + " " + counts));
    }
    // @end
  }

  private static void load(String device) {
    // @start region="load"
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER)) {
      object.load();
      NetworkDevice eth0 = NetworkDevice.byName(device); // @replace substring="device" replacement='"eth0"'
      try (BpfLink link = object.program("xdp_counter_prog").attachXdp(eth0, XdpMode.AUTO)) {
        System.out.println(link.mode());
      }
    }
    // @end
  }

  private static void refused(Consumer<String> example) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> example.accept(NONE))
        .withMessage("interface '" + NONE + "': there is none of that name here");
  }
}
