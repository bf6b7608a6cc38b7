package io.x0tta6bl4.ebpf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVersionTest {

  @ParameterizedTest
  @CsvSource({
    "6.1.0-44-amd64, 6, 1",
    "6.12.117+deb12-cloud-amd64, 6, 12",
    "5.14.0-503.el9.x86_64, 5, 14",
    "5.15.167.4-microsoft-standard-WSL2, 5, 15",
    "7.0-rc1, 7, 0",
    "10.20, 10, 20"
  })
  void readsTheFirstTwoNumbersOfARelease(String release, int major, int minor) {
    assertThat(KernelVersion.parse(release)).isEqualTo(new KernelVersion(major, minor));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "6.", "v6.1", "unknown", "99999.1", "99999999999.1.2"})
  void takesWhatIsNoReleaseForZero(String text) {
    assertThat(KernelVersion.parse(text)).isEqualTo(new KernelVersion(0, 0));
  }

  @Test
  void comparesNumbersAndNotText() {
    assertThat(new KernelVersion(5, 9).isBefore(new KernelVersion(5, 10))).isTrue();
    assertThat(new KernelVersion(5, 10).isBefore(new KernelVersion(5, 10))).isFalse();
    assertThat(new KernelVersion(6, 1).isBefore(new KernelVersion(5, 10))).isFalse();
    assertThat(new KernelVersion(5, 18).isBefore(new KernelVersion(6, 6))).isTrue();
  }
}
