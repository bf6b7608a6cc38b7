package io.x0tta6bl4.ebpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The BPF objects that come with this library, compiled and ready to load. Their sources are in the same jar, at
 * {@code META-INF/bpf/src}.
 *
 * @since 0.1.0
 */
public enum BundledObject {

  /** Counts frames: program {@code xdp_counter_prog}, map {@code packet_count}. Needs a kernel of 5.18 or later. */
  XDP_COUNTER("xdp_counter.bpf.o"),

  /** The same for kernels before 5.18; it needs {@code CAP_PERFMON}. */
  XDP_COUNTER_LINEAR("xdp_counter_linear.bpf.o"),

  /** Classifies packets: program {@code tc_classifier_prog}, map {@code traffic}. */
  TC_CLASSIFIER("tc_classifier.bpf.o");

  private static final String FOLDER = "META-INF/bpf/";

  private final String file;

  BundledObject(String file) {
    this.file = file;
  }

  /**
   * The file's name inside {@code META-INF/bpf}.
   *
   * @return for instance {@code xdp_counter.bpf.o}
   */
  public String fileName() {
    return file;
  }

  /**
   * Reads the object.
   *
   * @return its bytes
   * @throws IllegalStateException if it is not there: {@code ebpf-programs} is missing on the class path
   */
  public byte[] bytes() {
    try (InputStream in = BundledObject.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException(
            FOLDER + file + " was not found: add io.x0tta6bl4:ebpf-programs, which ebpf-core brings along");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
