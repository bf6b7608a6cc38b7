package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.LibbpfLibrary;
import io.x0tta6bl4.ebpf.internal.Lifetime;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A program that is attached to an interface. Closing it detaches the program; so does the end of the process, except with
 * {@link LinkMode#CLSACT}. Thread-safe; closing twice does nothing.
 *
 * @since 0.1.0
 */
public final class BpfLink implements AutoCloseable {

  private final Attachment attachment;
  private final NetworkDevice device;
  private final LinkMode mode;
  private final String hook;
  private final Lifetime lifetime;
  private volatile String program;
  private volatile @Nullable BpfObject object;

  BpfLink(Attachment attachment, String program, NetworkDevice device, LinkMode mode, String hook) {
    this.attachment = attachment;
    this.program = program;
    this.device = device;
    this.mode = mode;
    this.hook = hook;
    this.lifetime = new Lifetime("link of '" + program + "' to " + device.name());
  }

  /**
   * Opens a link that was pinned, perhaps by another process.
   *
   * @param path in a BPF file system
   * @return the link; closing it does not detach the program while the pin is there
   * @throws BpfException if there is no link to an interface, or the interface is gone
   * @throws LibbpfUnavailableException if there is no libbpf
   */
  public static BpfLink openPinned(Path path) {
    String _ = LibbpfLibrary.require();
    return KernelLink.openPinned(path);
  }

  void ownedBy(BpfObject owner) {
    object = owner;
    owner.own(this);
  }

  /**
   * The interface.
   *
   * @return as it was when the program was attached
   */
  public NetworkDevice device() {
    return device;
  }

  /**
   * What the attachment came out as.
   *
   * @return the mode, which for {@code AUTO} is what the kernel could do
   */
  public LinkMode mode() {
    return mode;
  }

  /**
   * The program's name.
   *
   * @return as in C; for a link that was pinned by another process, as the kernel has it, cut to 15 bytes, or empty if this
   *     process may not ask
   */
  public String program() {
    return program;
  }

  /**
   * What the kernel says now.
   *
   * @return not {@linkplain LinkInfo#attached attached} once the interface is gone
   * @throws IllegalStateException if it is closed; for clsact also if the calling thread is in another network namespace
   */
  public LinkInfo info() {
    try (Lifetime.Use _ = lifetime.enter()) {
      return attachment.info();
    }
  }

  /**
   * Whether it was closed.
   *
   * @return whether {@link #close} was called, or that of the object of its program
   */
  public boolean isClosed() {
    return lifetime.isClosed();
  }

  /**
   * Puts another program in the place of this one; no packet passes between the two. From then on the link is closed with the
   * object of the other program, and no more with that of this one.
   *
   * @param other a loaded program of the same type
   * @throws BpfException if the kernel refuses
   * @throws IllegalStateException if this link or the other program's object is closed
   */
  public void replaceProgram(BpfProgram other) {
    try (Lifetime.Use _ = lifetime.enter()) {
      BpfObject next = other.takeOver(attachment);
      program = other.name();
      BpfObject before = object;
      if (before != null) {
        before.disown(this);
      }
      ownedBy(next);
    }
  }

  /**
   * Keeps the attachment beyond the life of this process. It ends when the file is deleted and every descriptor is closed.
   *
   * @param path a new file in a BPF file system
   * @throws BpfException if it cannot be made
   * @throws BpfUnsupportedException with clsact
   * @throws IllegalStateException if it is closed
   */
  public void pin(Path path) {
    try (Lifetime.Use _ = lifetime.enter()) {
      attachment.pin(path);
    }
  }

  /**
   * Detaches the program, unless the link is pinned.
   *
   * @throws BpfException if the kernel refuses to remove a filter of clsact; the link stays open
   * @throws IllegalStateException with clsact, if the calling thread is in another network namespace; the link stays open
   */
  @Override
  public void close() {
    lifetime.close(attachment::close);
    BpfObject owner = object;
    if (owner != null) {
      owner.disown(this);
    }
  }

  @Override
  public String toString() {
    return "link of '" + program + "' to " + device.name() + " (" + hook + ", " + mode.label() + ")";
  }
}
