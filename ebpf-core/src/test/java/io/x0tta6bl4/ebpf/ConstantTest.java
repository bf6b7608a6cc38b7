package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresKernel
class ConstantTest {

  private BpfObject object;

  @BeforeEach
  void open() {
    object = BpfObject.open(BundledObject.TC_CLASSIFIER);
  }

  @AfterEach
  void close() {
    object.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-128, -1, 0, 1, 127, 128, 255})
  void takesAValueThatFits(long value) {
    object.setConstant("link_header", value);
    object.load();

    byte[] section = object.map(".rodata").lookup(BpfMap.key(0)).orElseThrow();
    assertThat(section[object.offsetOf("link_header")]).isEqualTo((byte) value);
    assertThat(section[object.offsetOf("egress")]).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-129, 256, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesAValueThatDoesNot(long value) {
    assertThatThrownBy(() -> object.setConstant("egress", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'egress'")
        .hasMessageContaining(Long.toString(value))
        .hasMessageContaining("1 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "port_class", "traffic", ""})
  void refusesWhatIsNoConstant(String name) {
    assertThatThrownBy(() -> object.setConstant(name, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void refusesAValueAfterLoad() {
    object.load();

    assertThatThrownBy(() -> object.setConstant("egress", 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(object::load).isInstanceOf(IllegalStateException.class).hasMessageContaining("already");
  }

  @Test
  void changesWhatTheVerifierLeavesIn() {
    object.load();
    try (BpfObject egress = BpfObject.open(BundledObject.TC_CLASSIFIER)) {
      egress.setConstant("egress", 1);
      egress.load();

      ProgramInfo in = object.program("tc_classifier_prog").info();
      ProgramInfo out = egress.program("tc_classifier_prog").info();
      assertThat(out.instructions()).isNotEqualTo(in.instructions());
      assertThat(out.tag()).isEqualTo(in.tag()).matches("[0-9a-f]{16}");
    }
  }
}
