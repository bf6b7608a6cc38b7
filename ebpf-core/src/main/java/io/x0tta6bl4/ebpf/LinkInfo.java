package io.x0tta6bl4.ebpf;

/**
 * What the kernel says of a link.
 *
 * @param id the kernel's number for it; 0 for {@link LinkMode#CLSACT}, which has none
 * @param programId the program's number
 * @param interfaceIndex the interface; 0 once it is gone, or once somebody else has detached the program
 * @since 0.1.0
 */
public record LinkInfo(int id, int programId, int interfaceIndex) {

  /**
   * Whether packets still come by.
   *
   * @return whether the program is attached to an interface
   */
  public boolean attached() {
    return interfaceIndex != 0;
  }
}
