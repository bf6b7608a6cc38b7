package io.x0tta6bl4.ebpf.metrics;

import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.ProgramInfo;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a link in one scrape.
 *
 * @param attached {@code null} where it cannot be told: a filter of clsact can be asked for in its own network namespace only
 */
record LinkState(BpfLink link, @Nullable Boolean attached, ProgramInfo program) {

  static LinkState of(BpfLink link, ProgramInfo program) {
    return new LinkState(link, attached(link), program);
  }

  private static @Nullable Boolean attached(BpfLink link) {
    try {
      return !link.isClosed() && link.info().attached();
    } catch (IllegalStateException e) {
      return link.isClosed() ? false : null;
    }
  }
}
