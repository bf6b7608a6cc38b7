package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresBpf
class PinnedMapTest {

  private static final Path FILE_SYSTEM = Path.of("/sys/fs/bpf");

  @TempDir private Path elsewhere;

  private final Path pin = FILE_SYSTEM.resolve("x0tta6bl4-test-" + ProcessHandle.current().pid());

  @BeforeEach
  void look() throws IOException {
    // The last mount counts: iproute2 mounts the folder onto itself first, and a FileStore tells that one.
    String type = "";
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String[] mount = line.split(" ", 4);
      type = mount[1].equals(FILE_SYSTEM.toString()) ? mount[2] : type;
    }
    boolean mounted = type.equals("bpf");
    Assumptions.assumeTrue(mounted, "no BPF file system at " + FILE_SYSTEM);
  }

  @AfterEach
  void unpin() throws IOException {
    Files.deleteIfExists(pin);
  }

  @Test
  void aMapOutlivesItsObjectByItsPin() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      object.map("packet_count").pin(pin);
      object.program("xdp_counter_prog").testRun(new byte[100], 3);
    }
    try (PinnedMap pinned = PinnedMap.open(pin)) {
      assertThat(pinned.map().name()).isEqualTo("packet_count");
      assertThat(pinned.map().type()).isEqualTo(MapType.PERCPU_ARRAY);
      assertThat(pinned.map().sum(0)).isEqualTo(3);
      assertThat(pinned.map().sum(1)).isEqualTo(300);
    }
    assertThat(pin).exists();
  }

  @Test
  void aPinnedTableIsReadInMemoryUntilItIsClosed() {
    try (BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER).load()) {
      object.map("traffic").pin(pin);
      PinnedMap pinned = PinnedMap.open(pin);
      MappedArray table = pinned.map().mapped(false);
      assertThat(table.entries()).isEqualTo(object.map("traffic").maxEntries());
      assertThat(table.getLong(0, 0)).isZero();
      pinned.close();
      pinned.close();
      assertThatIllegalStateException().isThrownBy(() -> table.getLong(0, 0));
      assertThatIllegalStateException()
          .isThrownBy(() -> pinned.map().lookup(BpfMap.key(0)))
          .withMessage("pinned map " + pin + " is closed");
    }
  }

  @Test
  void aMapThatIsInTheKernelAlreadyIsNotResized() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      object.map("packet_count").pin(pin);
      try (PinnedMap pinned = PinnedMap.open(pin)) {
        assertThatIllegalStateException()
            .isThrownBy(() -> pinned.map().setMaxEntries(4))
            .withMessageContaining("in the kernel already");
      }
    }
  }

  @Test
  void aNameIsPinnedOnceAndInABpfFileSystemOnly() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER)) {
      assertThatIllegalStateException().isThrownBy(() -> object.map("packet_count").pin(pin));
      object.load();
      object.map("packet_count").pin(pin);
      assertThatExceptionOfType(BpfException.class)
          .isThrownBy(() -> object.map("packet_count").pin(pin))
          .withMessage(pin + " could not be pinned: there is something of that name (EEXIST: already there)");
      assertThatExceptionOfType(BpfException.class)
          .isThrownBy(() -> object.map("packet_count").pin(elsewhere.resolve("map")))
          .withMessageContaining("it is not in a BPF file system (mount -t bpf bpf /sys/fs/bpf)");
      assertThatExceptionOfType(BpfException.class)
          .isThrownBy(() -> object.map("packet_count").pin(FILE_SYSTEM.resolve("no-such-folder/map")))
          .withMessageContaining("the folder is not there");
    }
  }

  @Test
  void whatIsNotThereOrNoMapIsNotOpened() throws IOException {
    assertThatExceptionOfType(BpfException.class)
        .isThrownBy(() -> PinnedMap.open(pin))
        .withMessageStartingWith(pin + " could not be opened as a pinned map or link: there is nothing of that name");
    Path file = Files.writeString(elsewhere.resolve("file"), "text");
    assertThatExceptionOfType(BpfException.class)
        .isThrownBy(() -> PinnedMap.open(file))
        .withMessageContaining("it is not in a BPF file system (mount -t bpf bpf /sys/fs/bpf)");
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      Pins.pin(object.program("xdp_counter_prog").fd(), pin);
      assertThatExceptionOfType(BpfException.class)
          .isThrownBy(() -> PinnedMap.open(pin))
          .withMessage(pin + " is not a map (EINVAL: invalid argument)");
    }
  }

  /** A per-CPU array has the number of an XDP link, and its size is in the place of the interface. */
  @Test
  void aMapOrAProgramIsNotTakenForALink() throws IOException {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER)) {
      object.map("packet_count").setMaxEntries(NetworkDevice.byName("lo").index());
      object.load();
      for (boolean map : new boolean[] {true, false}) {
        if (map) {
          object.map("packet_count").pin(pin);
        } else {
          Pins.pin(object.program("xdp_counter_prog").fd(), pin);
        }
        assertThatExceptionOfType(BpfException.class)
            .isThrownBy(() -> BpfLink.openPinned(pin))
            .withMessage(pin + " is not a link to an interface (EINVAL: invalid argument)");
        Files.delete(pin);
      }
    }
  }

  @Test
  void aRingBufferIsReadByItsPin() {
    int[] records = new int[1];
    try (BpfObject object = TestObjects.samples()) {
      object.map("events").pin(pin);
      try (PinnedMap pinned = PinnedMap.open(pin);
          RingBuffer ring = pinned.map().ringBuffer(data -> records[0]++)) {
        object.program("emit_prog").testRun(new byte[60], 2);
        assertThat(ring.poll(java.time.Duration.ZERO)).isEqualTo(2);
      }
      assertThatIllegalArgumentException().isThrownBy(() -> object.map("by_length").ringBuffer(data -> {}));
    }
    assertThat(records[0]).isEqualTo(2);
  }
}
