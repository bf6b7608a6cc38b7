package io.x0tta6bl4.ebpf;

import java.nio.file.Path;

/** What a {@link BpfLink} stands for. Not thread-safe: the link sees to that. */
sealed interface Attachment permits KernelLink, ClsactFilter {

  /** What the kernel says; an interface index of 0 where nothing is attached any more. */
  LinkInfo info();

  /** Puts another program in its place, with no packet between the two. */
  void replace(int programFd, String program);

  /** Keeps it in the BPF file system beyond the life of this process. */
  void pin(Path path);

  /** Ends it, once. */
  void close();
}
