package io.x0tta6bl4.ebpf.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network namespace of a thread. An interface's number means something in its namespace only. */
public final class NetworkNamespace {

  private NetworkNamespace() {}

  /**
   * Tells which one the calling thread is in.
   *
   * @return for instance {@code net:[4026531840]}; empty where {@code /proc} does not tell
   */
  public static String current() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
