package io.x0tta6bl4.ebpf.net;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.TcMode;
import org.junit.jupiter.api.Test;

class TrafficClassifierBuilderTest {

  @Test
  void needsADevice() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TrafficClassifier.builder().mode(TcMode.TCX).services(ServicePorts.defaults()).attach())
        .withMessage("device is missing: expected device(NAME) before attach()");
  }

  @Test
  void refusesADeviceThatIsNotThereAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrafficClassifier.builder().device("no-such-device"))
        .withMessageContaining("no-such-device");
  }

  @Test
  void refusesNothingInPlaceOfSomething() {
    TrafficClassifier.Builder builder = TrafficClassifier.builder();
    assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> builder.device((NetworkDevice) null));
    assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> builder.direction(null));
    assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> builder.mode(null)).withMessage("mode");
    assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> builder.services(null)).withMessage("services");
  }
}
