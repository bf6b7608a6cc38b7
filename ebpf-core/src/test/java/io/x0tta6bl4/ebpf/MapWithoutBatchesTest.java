package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A kind of map that the kernel reads one by one only: a table of interfaces, of which each entry is the loopback. */
class MapWithoutBatchesTest {

  /** Source: linux/bpf.h. */
  private static final int DEVMAP_HASH = 25;

  private static final int ENTRIES = 100;

  @Test
  @RequiresBpf
  void allEntriesAreReadOneByOne() throws Throwable {
    try (BpfObject owner = TestObjects.samples()) {
      int fd = create();
      try {
        BpfMap map = new BpfMap(owner, fd, KernelInfo.map(fd).orElseThrow());
        assertThat(map.type()).isEqualTo(MapType.OTHER);
        assertThat(map.name()).isEqualTo("one_by_one");
        map.forEach((key, value) -> assertThat(key).as("an entry").isNull());

        Map<Integer, Integer> expected = new HashMap<>();
        int loopback = NetworkDevice.byName("lo").index();
        for (int i = 0; i < ENTRIES; i++) {
          map.update(BpfMap.key(i), BpfMap.key(loopback));
          expected.put(i, loopback);
        }
        Map<Integer, Integer> found = new HashMap<>();
        map.forEach((key, value) -> assertThat(found.put(key.getInt(0), value.getInt(0))).isNull());
        assertThat(found).isEqualTo(expected);
      } finally {
        Libc.close(fd);
      }
    }
  }

  private static int create() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup libbpf = SymbolLookup.libraryLookup("libbpf.so.1", arena);
      MethodHandle create =
          Linker.nativeLinker()
              .downcallHandle(
                  libbpf.findOrThrow("bpf_map_create"),
                  FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
      int fd =
          (int)
              create.invokeExact(
                  DEVMAP_HASH, arena.allocateFrom("one_by_one"), 4, 4, ENTRIES, MemorySegment.NULL);
      assertThat(fd).isPositive();
      return fd;
    }
  }
}
