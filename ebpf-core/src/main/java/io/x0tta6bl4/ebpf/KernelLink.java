package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.Libc;
import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

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
              .filter(_ -> KernelInfo.isLink(link.fd))
              .orElseThrow(() -> new BpfException(path + " is not a link to an interface", Errno.EINVAL, "", null));
      if (!found.info().attached()) {
        throw new BpfException(path + " is a link whose interface is gone", Errno.ENODEV, "", null);
      }
      NetworkDevice device = NetworkDevice.byIndex(found.info().interfaceIndex());
      String program = KernelInfo.programById(found.info().programId()).map(ProgramInfo::name).orElse("");
      LinkMode mode = found.xdp() ? XdpAttacher.modeOf(device.index()) : LinkMode.TCX;
      return new BpfLink(link, program, device, mode);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }
}
