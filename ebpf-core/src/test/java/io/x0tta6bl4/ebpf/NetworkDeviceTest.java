package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkDeviceTest {

  @ParameterizedTest
  @ValueSource(strings = {"lo", "a", "eth0.100", "wg-x_1", "...", "fifteen-bytes-x", "größe", "eth0@if7"})
  void acceptsWhatTheKernelDoes(String name) {
    assertThat(new NetworkDevice(1, name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "a/b", "a:b", "a b", "a\tb", "a\nb", "a\0b", "a\u007f", " ", "sixteen-bytes-xy", "äöüäöüäö"
      })
  void refusesWhatCannotBeAName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkDevice(1, name))
        .withMessage("interface '" + name + "': expected 1 to 15 bytes without white space, '/' and ':'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkDevice.byName(name))
        .withMessageContaining("expected 1 to 15");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesANumberThatIsNone(int index) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkDevice(index, "lo"))
        .withMessage("interface index " + index + ": expected a number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkDevice.byIndex(index))
        .withMessage("interface index " + index + ": there is none of that number here");
  }

  @Test
  void findsTheLoopbackBothWays() {
    NetworkDevice loopback = NetworkDevice.byName("lo");
    assertThat(NetworkDevice.byIndex(loopback.index())).isEqualTo(loopback);
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkDevice.byName("no-such-device"))
        .withMessage("interface 'no-such-device': there is none of that name here");
    assertThatIllegalArgumentException().isThrownBy(() -> NetworkDevice.byIndex(Integer.MAX_VALUE));
  }
}
