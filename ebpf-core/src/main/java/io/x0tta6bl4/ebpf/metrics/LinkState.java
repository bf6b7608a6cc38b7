package io.x0tta6bl4.ebpf.metrics;

import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.ProgramInfo;

/** What was read of a link in one scrape. */
record LinkState(BpfLink link, boolean attached, ProgramInfo program) {

  static LinkState of(BpfLink link, ProgramInfo program) {
    return new LinkState(link, link.info().attached(), program);
  }
}
