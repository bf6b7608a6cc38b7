package io.x0tta6bl4.ebpf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NamespaceLockTest {

  private static final int LONGEST = 107;

  private final String name = "x0tta6bl4-test-" + ProcessHandle.current().pid();

  @Test
  void isHadByOneAtATime() {
    try (NamespaceLock first = NamespaceLock.take(name)) {
      assertThat(first.isOurs()).isTrue();
      try (NamespaceLock second = NamespaceLock.take(name)) {
        assertThat(second.isOurs()).isFalse();
      }
      try (NamespaceLock other = NamespaceLock.take(name + "-other")) {
        assertThat(other.isOurs()).isTrue();
      }
    }
    try (NamespaceLock again = NamespaceLock.take(name)) {
      assertThat(again.isOurs()).isTrue();
    }
  }

  @Test
  void theOneWhoDidNotGetItDoesNotOpenItByClosing() {
    try (NamespaceLock first = NamespaceLock.take(name)) {
      assertThat(first.isOurs()).isTrue();
      NamespaceLock.take(name).close();
      try (NamespaceLock third = NamespaceLock.take(name)) {
        assertThat(third.isOurs()).isFalse();
      }
    }
  }

  @Test
  @SuppressWarnings("try")
  void closingTwiceDoesNotCloseWhatCameAfterIt() {
    NamespaceLock first = NamespaceLock.take(name);
    first.close();
    try (NamespaceLock second = NamespaceLock.take(name)) {
      first.close();
      try (NamespaceLock third = NamespaceLock.take(name)) {
        assertThat(third.isOurs()).isFalse();
      }
    }
  }

  @Test
  void aNameMayBeAsLongAsTheKernelLetsIt() throws Exception {
    String longest = name + "-".repeat(LONGEST - name.length());
    try (NamespaceLock lock = NamespaceLock.take(longest)) {
      assertThat(lock.isOurs()).isTrue();
      assertThat(Files.readString(Path.of("/proc/net/unix"))).contains("@" + longest + "\n");
    }
  }
}
