/** What tests on the real kernel stand on: network namespaces, traffic between them, and what the kernel itself counts. */
package io.x0tta6bl4.ebpf.kernel;
