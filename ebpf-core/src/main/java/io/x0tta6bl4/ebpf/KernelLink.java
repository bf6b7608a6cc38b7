package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.Libc;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/** A link of the kernel: one descriptor, with which the attachment ends unless it is pinned. */
final class KernelLink implements Attachment {

  private final int fd;

  KernelLink(int fd) {
    this.fd = fd;
  }

  @Override
  public LinkInfo info() {
    return KernelInfo.link(fd)
        .map(KernelInfo.Link::info)
        .orElseThrow(() -> new BpfException("the kernel tells nothing of the link", 0, "", null));
  }

  @Override
  public void replace(int programFd, String program) {
    int error = Libbpf.bpf_link_update(fd, programFd, MemorySegment.NULL);
    if (error != 0) {
      throw new BpfException("program '" + program + "' could not take the link over", -error, "", null);
    }
  }

  @Override
  public void pin(Path path) {
    Pins.pin(fd, path);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }

  /** Opens a link that somebody pinned. */
  static BpfLink openPinned(Path path) {
    KernelLink link = new KernelLink(Pins.open(path));
    try {
      KernelInfo.Link found =
          KernelInfo.link(link.fd)
              .orElseThrow(() -> new BpfException(path + " is not a link to an interface", Errno.EINVAL, "", null));
      if (!found.info().attached()) {
        throw new BpfException(path + " is a link whose interface is gone", Errno.ENODEV, "", null);
      }
      int index = found.info().interfaceIndex();
      int programId = found.info().programId();
      Optional<LinkMode> mode =
          found.xdp()
              ? XdpAttacher.modeOf(index, programId)
              : TcAttacher.hasProgram(index, found.attachType(), programId) ? Optional.of(LinkMode.TCX) : Optional.empty();
      // A number of another namespace is another interface, or none.
      if (mode.isEmpty()) {
        throw new BpfException(
            path + " is a link to interface " + index + " of another network namespace than this thread's", Errno.ENODEV, "", null);
      }
      String program = KernelInfo.programById(programId).map(ProgramInfo::name).orElse("");
      String hook = found.xdp() ? XdpAttacher.HOOK : TcAttacher.direction(found.attachType()).label();
      return new BpfLink(link, program, NetworkDevice.byIndex(index), mode.get(), hook);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }
}
