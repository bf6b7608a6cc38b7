package io.x0tta6bl4.ebpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The objects of the tests, whose sources are in {@code src/test/bpf}. */
final class TestObjects {

  private TestObjects() {}

  /** One that the verifier refuses. */
  static byte[] rejected() {
    return bytes("rejected.bpf.o");
  }

  /** One whose program {@code emit_prog} tells of each packet by maps and by a ring buffer; loaded. */
  static BpfObject samples() {
    return BpfObject.open("samples.bpf.o", bytes("samples.bpf.o")).load();
  }

  private static byte[] bytes(String name) {
    try (InputStream in = TestObjects.class.getResourceAsStream("/bpf/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
