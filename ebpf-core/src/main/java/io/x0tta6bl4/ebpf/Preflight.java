package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.Finding.Level;
import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.Host;
import io.x0tta6bl4.ebpf.internal.KernelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says what is missing on this machine for programs to be loaded and attached, and how to get it. It looks only, changes
 * nothing, and throws nothing on a machine where nothing works.
 *
 * @param findings all that was looked at, in the order in which it should be mended
 * @since 0.1.0
 */
public record Preflight(List<Finding> findings) {

  private static final KernelVersion OLDEST = new KernelVersion(5, 10);
  private static final KernelVersion FRAGMENTS = new KernelVersion(5, 18);
  private static final KernelVersion TCX = new KernelVersion(6, 6);

  /** Copies the findings. */
  public Preflight {
    findings = List.copyOf(findings);
  }

  /**
   * Looks at this machine and at what the calling thread may do.
   *
   * @return what was found
   */
  public static Preflight check() {
    return of(Host.here());
  }

  static Preflight of(Host host) {
    List<Finding> findings = new ArrayList<>();
    boolean linux = add(findings, platform(host));
    if (!linux) {
      return new Preflight(findings);
    }
    boolean library = add(findings, libbpf(host));
    findings.add(kernel(host));
    findings.add(bpf(host.capabilities()));
    findings.add(netAdmin(host.capabilities()));
    if (host.kernel().isBefore(FRAGMENTS)) {
      findings.add(perfmon(host));
    }
    if (library && host.capabilities().bpf()) {
      findings.add(bpfCall(host));
    }
    findings.add(jit(host));
    findings.add(
        host.kernel().isBefore(TCX)
            ? new Finding(Level.WARNING, "TCX", "the kernel is older than 6.6", "TC filters are attached by clsact, and stay after a kill -9")
            : ok("TCX", "the kernel has it"));
    if (host.kernel().isBefore(Host.NO_MEMLOCK)) {
      findings.add(
          new Finding(Level.WARNING, "RLIMIT_MEMLOCK", "kernels before 5.11 count maps against it", "ulimit -l unlimited"));
    }
    findings.add(bpffs(host));
    return new Preflight(findings);
  }

  /** Adds a finding and tells whether it lets one go on. */
  private static boolean add(List<Finding> findings, Finding finding) {
    findings.add(finding);
    return finding.level() != Level.ERROR;
  }

  private static Finding ok(String subject, String message) {
    return new Finding(Level.OK, subject, message, "");
  }

  private static Finding platform(Host host) {
    boolean good = host.system().equals("Linux") && (host.architecture().equals("amd64") || host.architecture().equals("aarch64"));
    String found = host.system() + " on " + host.architecture();
    return good
        ? ok("platform", found)
        : new Finding(Level.ERROR, "platform", found, "eBPF needs Linux on x86-64 or aarch64");
  }

  private static Finding libbpf(Host host) {
    try {
      return ok("libbpf", "version " + host.libbpf().version());
    } catch (LibbpfUnavailableException e) {
      String message = String.valueOf(e.getMessage());
      int remedy = message.indexOf(": install");
      return remedy < 0
          ? new Finding(Level.ERROR, "libbpf", message, "")
          : new Finding(Level.ERROR, "libbpf", message.substring(0, remedy), message.substring(remedy + 2));
    }
  }

  private static Finding kernel(Host host) {
    String found = "release " + host.kernelRelease();
    return host.kernel().isBefore(OLDEST)
        ? new Finding(Level.ERROR, "kernel", found, "a kernel of 5.10 or later is needed")
        : ok("kernel", found);
  }

  private static Finding bpf(Capabilities capabilities) {
    return capabilities.bpf()
        ? ok("CAP_BPF", "there")
        : new Finding(
            Level.ERROR,
            "CAP_BPF",
            "missing",
            "run as root, or setpriv --inh-caps +bpf,+net_admin --ambient-caps +bpf,+net_admin, Docker: --cap-add BPF,"
                + " Kubernetes: capabilities.add: [BPF, NET_ADMIN]");
  }

  private static Finding netAdmin(Capabilities capabilities) {
    return capabilities.netAdmin()
        ? ok("CAP_NET_ADMIN", "there")
        : new Finding(
            Level.ERROR, "CAP_NET_ADMIN", "missing", "as for CAP_BPF; Docker: --cap-add NET_ADMIN --network host");
  }

  private static Finding perfmon(Host host) {
    return host.capabilities().perfmon()
        ? ok("CAP_PERFMON", "there")
        : new Finding(
            Level.WARNING,
            "CAP_PERFMON",
            "missing, and the XDP counter needs it on kernels before 5.18",
            "add it as CAP_BPF");
  }

  private static Finding bpfCall(Host host) {
    int answer = host.libbpf().canLoad();
    return answer > 0
        ? ok("bpf(2)", "the kernel loads programs")
        : new Finding(
            Level.ERROR,
            "bpf(2)",
            "the kernel does not load a program in spite of CAP_BPF" + (answer < 0 ? " (" + Errno.text(-answer) + ")" : ""),
            "allow bpf in the container's seccomp profile; kernel lockdown forbids it too");
  }

  private static Finding jit(Host host) {
    return switch (host.jit()) {
      case "0" ->
          new Finding(Level.WARNING, "JIT", "off: programs run many times slower", "sysctl net.core.bpf_jit_enable=1");
      case "" -> ok("JIT", "the kernel does not tell, which is usual in a container");
      default -> ok("JIT", "on");
    };
  }

  private static Finding bpffs(Host host) {
    return host.bpfFileSystem()
        ? ok("bpffs", "mounted")
        : new Finding(Level.OK, "bpffs", "not mounted; it is needed for pinning only", "mount -t bpf bpf /sys/fs/bpf");
  }

  /**
   * Whether nothing stands in the way.
   *
   * @return whether there is no finding of the level {@link Level#ERROR}
   */
  public boolean ok() {
    return findings.stream().noneMatch(finding -> finding.level() == Level.ERROR);
  }

  /**
   * Throws if something stands in the way.
   *
   * @return this
   * @throws LibbpfUnavailableException if it is libbpf
   * @throws BpfPermissionException if it is what this process may do
   * @throws BpfUnsupportedException if it is the platform or the kernel
   */
  public Preflight requireOk() {
    List<Finding> errors = findings.stream().filter(finding -> finding.level() == Level.ERROR).toList();
    if (errors.isEmpty()) {
      return this;
    }
    String message = errors.stream().map(Finding::toString).collect(Collectors.joining("; "));
    throw switch (errors.get(0).subject()) {
      case "libbpf" -> new LibbpfUnavailableException(message, null);
      case "platform", "kernel" -> new BpfUnsupportedException(message, 0, "");
      default -> new BpfPermissionException(message, 0, "");
    };
  }

  /**
   * The findings, a line each.
   *
   * @return for people
   */
  @Override
  public String toString() {
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
