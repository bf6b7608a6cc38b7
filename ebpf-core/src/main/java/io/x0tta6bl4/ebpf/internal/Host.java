package io.x0tta6bl4.ebpf.internal;

import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a machine and a thread's rights look like.
 *
 * @param system as Java calls it
 * @param architecture as Java calls it
 * @param kernelRelease as {@code uname -r}
 * @param capabilities of the thread
 * @param jit {@code net.core.bpf_jit_enable}; empty if it cannot be read
 * @param bpfFileSystem whether one is mounted at its usual place
 * @param libbpf what the library says
 */
public record Host(
    String system,
    String architecture,
    String kernelRelease,
    Capabilities capabilities,
    String jit,
    boolean bpfFileSystem,
    Library libbpf) {

  /** The first that does not count maps against RLIMIT_MEMLOCK. */
  public static final KernelVersion NO_MEMLOCK = new KernelVersion(5, 11);

  private static final Path PROC = Path.of("/proc");

  /** Asks libbpf. */
  public interface Library {

    /**
     * Tells the version.
     *
     * @return for instance {@code 1.1}
     * @throws io.x0tta6bl4.ebpf.LibbpfUnavailableException if there is none
     */
    String version();

    /**
     * Tries whether the kernel loads a program of this process.
     *
     * @return 1 if it does, else 0 or a negative error number
     */
    int canLoad();
  }

  /**
   * Looks at this machine and the calling thread.
   *
   * @return what they look like
   */
  public static Host here() {
    return new Host(
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("os.version"),
        Capabilities.ofThisThread(),
        text(PROC.resolve("sys/net/core/bpf_jit_enable")),
        text(PROC.resolve("self/mounts")).lines().anyMatch(line -> line.contains(" /sys/fs/bpf bpf ")),
        new SystemLibrary());
  }

  /**
   * What may say no to a process that has the capabilities.
   *
   * @return for people
   */
  public static String otherObstacles() {
    boolean initial = text(PROC.resolve("self/uid_map")).strip().matches("0\\s+0\\s+4294967295");
    if (!initial) {
      return "this is a user namespace (a rootless container), whose capabilities do not count for BPF";
    }
    String memory =
        KernelVersion.parse(System.getProperty("os.version")).isBefore(NO_MEMLOCK) ? "RLIMIT_MEMLOCK (ulimit -l unlimited), " : "";
    return memory + "a container's seccomp profile, or kernel lockdown";
  }

  /**
   * The kernel's version.
   *
   * @return the first two numbers of its release
   */
  public KernelVersion kernel() {
    return KernelVersion.parse(kernelRelease);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static final class SystemLibrary implements Library {

    @Override
    public String version() {
      return LibbpfLibrary.require();
    }

    @Override
    public int canLoad() {
      try (LibbpfLog _ = LibbpfLog.listen()) {
        return Libbpf.libbpf_probe_bpf_prog_type(Libbpf.BPF_PROG_TYPE_SCHED_CLS(), MemorySegment.NULL);
      }
    }
  }
}
