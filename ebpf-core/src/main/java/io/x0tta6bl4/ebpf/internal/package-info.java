/**
 * What the exported packages stand on: the loaded library, its words, the kernel's error numbers, lifetimes of native things,
 * the ELF file and the capabilities of the process. Not API.
 */
@NullMarked
package io.x0tta6bl4.ebpf.internal;

import org.jspecify.annotations.NullMarked;
