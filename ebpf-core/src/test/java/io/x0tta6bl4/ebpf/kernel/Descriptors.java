package io.x0tta6bl4.ebpf.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The open files of this process. */
public final class Descriptors {

  private static final Path ALL = Path.of("/proc/self/fd");

  private Descriptors() {}

  /** How many there are. */
  public static long count() {
    try (Stream<Path> all = Files.list(ALL)) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of them are programs, maps, links or type information of BPF. */
  public static long ofBpf() {
    try (Stream<Path> all = Files.list(ALL)) {
      return all.filter(Descriptors::isBpf).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isBpf(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("anon_inode:bpf") || target.startsWith("anon_inode:btf");
    } catch (IOException e) {
      // The one by which the folder was read is closed by now.
      return false;
    }
  }
}
