package io.x0tta6bl4.ebpf.kernel;

import io.x0tta6bl4.ebpf.BpfObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The objects of the tests, whose sources are in {@code src/test/bpf}. */
public final class Samples {

  private Samples() {}

  /** The file of {@code samples.bpf.c}, for commands. */
  public static Path file() {
    return file("samples.bpf.o");
  }

  /** The file of an object. */
  public static Path file(String name) {
    try {
      return Path.of(Samples.class.getResource("/bpf/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** An object's bytes. */
  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code samples.bpf.c}, loaded. */
  public static BpfObject load() {
    return BpfObject.open("samples.bpf.o", bytes("samples.bpf.o")).load();
  }
}
