package io.x0tta6bl4.ebpf;

/** Links to look at, of which the kernel knows nothing. */
public final class Links {

  private static final int NONE = -1;

  private Links() {}

  /**
   * Makes one.
   *
   * @param program its program
   * @param device its interface
   * @param mode its mode
   * @return a link that cannot be asked what the kernel says
   */
  public static BpfLink of(String program, String device, LinkMode mode) {
    return new BpfLink(new KernelLink(NONE), program, new NetworkDevice(1, device), mode, "hook");
  }
}
