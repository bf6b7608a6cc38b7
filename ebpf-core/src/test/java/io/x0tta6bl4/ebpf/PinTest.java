package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.kernel.TcxPrograms;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresKernel
class PinTest {

  private static final int ENOENT = 2;
  private static final int EEXIST = 17;
  private static final int ENODEV = 19;

  @TempDir private static Path outside;

  @TempDir private Path pins;

  private Cable cable;

  @BeforeEach
  void layCable() {
    cable = new Cable();
    cable.near().mountBpfFileSystem(pins);
  }

  @AfterEach
  void removeCable() {
    cable.close();
  }

  private void run(Runnable work) {
    cable.near().run(work);
  }

  private void unpin(String name) {
    cable.near().command("rm", pins.resolve(name).toString());
  }

  @Test
  void keepsAMapBeyondItsObject() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      TestRun _ = object.program("xdp_counter_prog").testRun(new byte[100], 7);
      run(() -> object.map("packet_count").pin(pins.resolve("count")));
    }

    try (PinnedMap pinned = cable.near().call(() -> PinnedMap.open(pins.resolve("count")))) {
      BpfMap map = pinned.map();
      assertThat(map.name()).isEqualTo("packet_count");
      assertThat(map.type()).isEqualTo(MapType.PERCPU_ARRAY);
      assertThat(map.keySize()).isEqualTo(4);
      assertThat(map.valueSize()).isEqualTo(8);
      assertThat(map.maxEntries()).isEqualTo(2);
      assertThat(map.sum(0)).isEqualTo(7);
      assertThat(map.sum(1)).isEqualTo(700);
      assertThatThrownBy(() -> map.setMaxEntries(5)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void keepsAMappedArrayBeyondItsObject() {
    BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER).load();
    object.map(".bss").mapped(true).setByte(0, object.offsetOf("port_class") + 80, (byte) 3);
    run(() -> object.map(".bss").pin(pins.resolve("ports")));
    int place = object.offsetOf("port_class") + 80;
    object.close();

    PinnedMap pinned = cable.near().call(() -> PinnedMap.open(pins.resolve("ports")));
    MappedArray ports = pinned.map().mapped(false);
    assertThat(ports.getByte(0, place)).isEqualTo((byte) 3);
    pinned.close();

    assertThatThrownBy(() -> ports.getByte(0, place)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "GENERIC"})
  void keepsAnXdpLinkBeyondItsObjectAndProcess(XdpMode mode) {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      BpfLink link = cable.near().call(() -> object.program("xdp_counter_prog").attachXdp(cable.device(), mode));
      run(() -> link.pin(pins.resolve("link")));
      run(() -> object.map("packet_count").pin(pins.resolve("count")));
      link.close();
    }
    cable.sendToNear(Datagrams.of(4));

    BpfLink link = cable.near().call(() -> BpfLink.openPinned(pins.resolve("link")));
    try (PinnedMap count = cable.near().call(() -> PinnedMap.open(pins.resolve("count")))) {
      assertThat(count.map().sum(0)).isEqualTo(4);
      assertThat(link.mode().label()).isEqualTo(mode.label());
      assertThat(link.device()).isEqualTo(cable.device());
      assertThat(link.program()).isEqualTo("xdp_counter_pro");
      assertThat(link.info().attached()).isTrue();

      unpin("link");
      link.close();
      cable.sendToNear(Datagrams.of(4));
      assertThat(count.map().sum(0)).isEqualTo(4);
    }
    assertThat(cable.near().command("ip", "link", "show", "dev", Cable.NEAR)).doesNotContain("xdp");
  }

  @Test
  void keepsATcxLinkUntilThePinIsGone() {
    try (BpfObject object = Samples.load()) {
      BpfLink link =
          cable.near().call(
              () -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.INGRESS, TcMode.TCX));
      run(() -> link.pin(pins.resolve("link")));
    }
    assertThat(programs()).isOne();

    try (BpfLink link = cable.near().call(() -> BpfLink.openPinned(pins.resolve("link")))) {
      assertThat(link.mode()).isEqualTo(LinkMode.TCX);
    }
    assertThat(programs()).isOne();

    unpin("link");
    assertThat(programs()).isZero();
  }

  private int programs() {
    return cable.near().call(() -> TcxPrograms.of(cable.device(), TcDirection.INGRESS)).size();
  }

  @Test
  void isNotForFiltersOfClsact() {
    try (BpfObject object = Samples.load()) {
      BpfLink link =
          cable.near().call(
              () -> object.program("other_filter_prog").attachTc(cable.device(), TcDirection.INGRESS, TcMode.CLSACT));

      assertThatThrownBy(() -> run(() -> link.pin(pins.resolve("filter")))).isInstanceOf(BpfUnsupportedException.class);
      run(link::close);
    }
  }

  @Test
  void isRefusedOutsideOfABpfFileSystem() {
    try (BpfObject object = Samples.load()) {
      assertThatThrownBy(() -> run(() -> object.map("events").pin(outside.resolve("events"))))
          .isInstanceOf(BpfException.class)
          .hasMessageContaining(outside.resolve("events").toString())
          .hasMessageContaining("mount -t bpf");
      assertThatThrownBy(() -> PinnedMap.open(Samples.file()))
          .isInstanceOf(BpfException.class)
          .hasMessageContaining("not in a BPF file system");
    }
  }

  @Test
  void isRefusedWhereThereIsSomethingOrTheFolderIsNot() {
    try (BpfObject object = Samples.load()) {
      run(() -> object.map("events").pin(pins.resolve("events")));

      assertThatThrownBy(() -> run(() -> object.map("by_length").pin(pins.resolve("events"))))
          .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).hasValue(EEXIST));
      assertThatThrownBy(() -> run(() -> object.map("by_length").pin(pins.resolve("none/events"))))
          .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).hasValue(ENOENT));
      assertThatThrownBy(() -> cable.near().call(() -> PinnedMap.open(pins.resolve("none"))))
          .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).hasValue(ENOENT))
          .hasMessageContaining("none");
      assertThatThrownBy(() -> cable.near().call(() -> BpfLink.openPinned(pins.resolve("none"))))
          .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).hasValue(ENOENT));
    }
  }

  @Test
  void isNotOpenedAsSomethingElse() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      BpfLink link =
          cable.near().call(() -> object.program("xdp_counter_prog").attachXdp(cable.device(), XdpMode.AUTO));
      run(() -> link.pin(pins.resolve("link")));
      // Of a kind whose number is that of an XDP link.
      run(() -> object.map("packet_count").pin(pins.resolve("count")));

      assertThatThrownBy(() -> cable.near().call(() -> PinnedMap.open(pins.resolve("link"))))
          .isInstanceOf(BpfException.class)
          .hasMessageContaining("is not a map");
      assertThatThrownBy(() -> cable.near().call(() -> BpfLink.openPinned(pins.resolve("count"))))
          .isInstanceOf(BpfException.class)
          .hasMessageContaining("is not a link");
    }
  }

  @Test
  void isOfNoUseOnceTheInterfaceIsGone() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      BpfLink link =
          cable.near().call(() -> object.program("xdp_counter_prog").attachXdp(cable.device(), XdpMode.AUTO));
      run(() -> link.pin(pins.resolve("link")));
    }
    cable.near().command("ip", "link", "del", "dev", Cable.NEAR);

    assertThatThrownBy(() -> cable.near().call(() -> BpfLink.openPinned(pins.resolve("link"))))
        .isInstanceOfSatisfying(BpfException.class, e -> assertThat(e.errno()).hasValue(ENODEV))
        .hasMessageContaining("interface is gone");
  }
}
