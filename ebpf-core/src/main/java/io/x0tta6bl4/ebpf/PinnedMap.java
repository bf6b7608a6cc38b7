package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.KernelInfo;
import io.x0tta6bl4.ebpf.internal.Libc;
import io.x0tta6bl4.ebpf.internal.LibbpfLibrary;
import io.x0tta6bl4.ebpf.internal.Lifetime;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A map that was pinned, perhaps by another process. Closing it leaves the pin. Thread-safe; closing twice does nothing.
 *
 * @since 0.1.0
 */
public final class PinnedMap extends MapOwner implements AutoCloseable {

  private final int fd;
  private final BpfMap map;
  private final Lifetime lifetime;
  private final Attachments attachments = new Attachments();

  private PinnedMap(int fd, KernelInfo.MapInfo info, Path path) {
    this.fd = fd;
    this.lifetime = new Lifetime("pinned map " + path);
    this.map = new BpfMap(this, fd, info);
  }

  /**
   * Opens a pinned map.
   *
   * @param path in a BPF file system
   * @return the map
   * @throws BpfException if there is none
   * @throws LibbpfUnavailableException if there is no libbpf
   */
  public static PinnedMap open(Path path) {
    String _ = LibbpfLibrary.require();
    int fd = Pins.open(path);
    KernelInfo.MapInfo info = KernelInfo.map(fd).orElse(null);
    if (info == null) {
      Libc.close(fd);
      throw new BpfException(path + " is not a map", Errno.EINVAL, "", null);
    }
    return new PinnedMap(fd, info, path);
  }

  /**
   * The map.
   *
   * @return to be used until this is closed
   */
  public BpfMap map() {
    return map;
  }

  @Override
  Lifetime.Use use() {
    return lifetime.enter();
  }

  @Override
  void requireOpen() {
    throw new IllegalStateException("a pinned map is in the kernel already: this can be set before only");
  }

  @Override
  void requireLoaded() {}

  @Override
  void own(AutoCloseable part) {
    attachments.add(part);
  }

  @Override
  void disown(AutoCloseable part) {
    attachments.remove(part);
  }

  @Override
  public void close() {
    lifetime.requireOutside();
    @Nullable RuntimeException failure = attachments.closeAll(null);
    lifetime.close(() -> Libc.close(fd));
    failure = failure == null ? attachments.closeAll(null) : failure;
    if (failure != null) {
      throw failure;
    }
  }
}
