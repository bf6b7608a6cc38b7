package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Descriptors;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresKernel
class BadObjectTest {

  private static final int EACCES = 13;
  private static final int ELF_HEADER = 64;
  private static final int BYTE_ORDER_AT = 5;
  private static final int BIG_ENDIAN = 2;
  private static final int MACHINE_AT = 18;

  @Test
  void isRefusedWhereItIsEmpty() {
    assertThatThrownBy(() -> BpfObject.open("nothing", new byte[0]))
        .isInstanceOf(BpfObjectException.class)
        .hasMessageContaining("'nothing'")
        .hasMessageContaining("0 bytes");
  }

  @Test
  void isRefusedWhereItIsNoise() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[random.nextInt(4096)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> BpfObject.open("noise", noise)).isInstanceOf(BpfObjectException.class);
    }
  }

  @Test
  void isRefusedWhereItIsNoiseThatBeginsWell() {
    Random random = new Random(6);
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[ELF_HEADER + random.nextInt(4096)];
      random.nextBytes(noise);
      System.arraycopy(BundledObject.XDP_COUNTER.bytes(), 0, noise, 0, ELF_HEADER);
      assertThatThrownBy(() -> BpfObject.open("noise", noise)).isInstanceOf(BpfObjectException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(BundledObject.class)
  void isRefusedWhereItWasCutAnywhere(BundledObject bundled) {
    byte[] whole = bundled.bytes();
    List<Integer> opened = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      try (BpfObject _ = BpfObject.open("cut", Arrays.copyOf(whole, length))) {
        opened.add(length);
      } catch (BpfObjectException expected) {
        assertThat(expected).hasMessageContaining("'cut'");
      }
    }

    assertThat(opened).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(BundledObject.class)
  void isRefusedWhereItSaysThatItIsOfAnotherByteOrder(BundledObject bundled) {
    byte[] bytes = bundled.bytes();
    bytes[BYTE_ORDER_AT] = BIG_ENDIAN;

    assertThatThrownBy(() -> BpfObject.open("reversed", bytes))
        .isInstanceOf(BpfObjectException.class)
        .hasMessageContaining("big endian");
  }

  @Test
  void isRefusedWhereItIsOfAnotherByteOrder() {
    ByteBuffer header = ByteBuffer.allocate(ELF_HEADER).order(ByteOrder.BIG_ENDIAN);
    header.put(new byte[] {0x7f, 'E', 'L', 'F', 2, BIG_ENDIAN, 1, 0}).position(16);
    header.putShort((short) 1).putShort((short) 247).putInt(1);
    header.putShort(52, (short) ELF_HEADER);

    assertThatThrownBy(() -> BpfObject.open("bpfeb", header.array()))
        .isInstanceOf(BpfObjectException.class)
        .hasMessageContaining("big endian");
  }

  @Test
  void isRefusedWhereItIsOfAnotherMachine() {
    byte[] bytes = BundledObject.XDP_COUNTER.bytes();
    bytes[MACHINE_AT] = 62;

    assertThatThrownBy(() -> BpfObject.open("x86", bytes))
        .isInstanceOf(BpfObjectException.class)
        .hasMessageContaining("machine 62");
  }

  @Test
  void isRefusedWhereItIsAFileThatIsNone(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("program.c"), "int main(void) { return 0; }".repeat(10));

    assertThatThrownBy(() -> BpfObject.open(file))
        .isInstanceOf(BpfObjectException.class)
        .hasMessageContaining("'program.c'");
    assertThatThrownBy(() -> BpfObject.open(folder.resolve("nothing.o"))).isInstanceOf(IOException.class);
  }

  @Test
  void isOpenedFromAFile() throws IOException {
    try (BpfObject object = BpfObject.open(Samples.file())) {
      assertThat(object.name()).isEqualTo("samples.bpf.o");
      assertThat(object.programs()).extracting(BpfProgram::name).contains("emit_prog", "other_filter_prog");
    }
  }

  @Test
  void isRefusedByTheVerifierWithItsWholeLog() {
    try (BpfObject object = BpfObject.open("rejected", Samples.bytes("rejected.bpf.o"))) {
      assertThatThrownBy(object::load)
          .isInstanceOfSatisfying(
              BpfVerifierException.class,
              e -> {
                assertThat(e.program()).isEqualTo("reads_past_the_end_prog");
                assertThat(e.errno()).hasValue(EACCES);
                assertThat(e.verifierLog())
                    .contains("\n0: ")
                    .contains("invalid access to packet")
                    .containsPattern("processed \\d+ insns .*\n$");
              })
          .hasMessageContaining("reads_past_the_end_prog")
          .hasMessageContaining("outside of the packet")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void leavesNothingOpenWhereItCouldNotBeLoaded() {
    assertThatThrownBy(() -> BpfObject.open("first", Samples.bytes("rejected.bpf.o")).load())
        .isInstanceOf(BpfVerifierException.class);
    long before = Descriptors.ofBpf();

    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> BpfObject.open("rejected", Samples.bytes("rejected.bpf.o")).load())
          .isInstanceOf(BpfVerifierException.class);
      assertThatThrownBy(() -> BpfObject.open("cut", Arrays.copyOf(Samples.bytes("rejected.bpf.o"), 500)))
          .isInstanceOf(BpfObjectException.class);
    }

    assertThat(Descriptors.ofBpf()).isEqualTo(before);
  }

  @Test
  void isOfNoUseAfterItCouldNotBeLoaded() {
    BpfObject object = BpfObject.open("rejected", Samples.bytes("rejected.bpf.o"));
    BpfProgram program = object.program("reads_past_the_end_prog");
    assertThatThrownBy(object::load).isInstanceOf(BpfVerifierException.class);

    assertThatThrownBy(object::load).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(program::info).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> program.testRun(new byte[64], 1)).isInstanceOf(IllegalStateException.class);
    object.close();
  }

  @Test
  void isLoadedWithoutTheProgramThatWouldBeRefused() {
    try (BpfObject object = BpfObject.open("rejected", Samples.bytes("rejected.bpf.o"))) {
      object.program("reads_past_the_end_prog").leaveOut();
      object.load();

      assertThatThrownBy(() -> object.program("reads_past_the_end_prog").info())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("left out");
    }
  }

  @Test
  void isToldByVerify() {
    VerifierReport report = BpfObject.verify("rejected", Samples.bytes("rejected.bpf.o"));

    assertThat(report.accepted()).isFalse();
    assertThat(report.program()).isEqualTo("reads_past_the_end_prog");
    assertThat(report.summary()).contains("outside of the packet").doesNotContain("\n");
    assertThat(report.log()).contains("invalid access to packet").contains("processed ");
  }

  @ParameterizedTest
  @EnumSource(BundledObject.class)
  void isNotWhatVerifyToldAGoodOneToBe(BundledObject bundled) {
    String program = bundled == BundledObject.XDP_COUNTER ? "xdp_counter_prog" : "tc_classifier_prog";

    VerifierReport report = BpfObject.verify(bundled.fileName(), bundled.bytes());

    assertThat(report.accepted()).isTrue();
    assertThat(report.program()).isEmpty();
    assertThat(report.summary()).startsWith(program + ": processed ").contains(" insns");
    assertThat(report.log()).startsWith("program '" + program + "':\n").contains("processed ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "rejected"})
  void doesNotKeepAGoodOneFromBeingLoadedAfterIt(String kind) {
    byte[] rejected = Samples.bytes("rejected.bpf.o");
    byte[] bytes = kind.equals("cut") ? Arrays.copyOf(rejected, rejected.length - 1) : rejected;
    assertThatThrownBy(() -> BpfObject.open(kind, bytes).load()).isInstanceOf(BpfException.class);

    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      assertThat(object.program("xdp_counter_prog").testRun(new byte[64], 3).returnValue()).isEqualTo(2);
      assertThat(object.map("packet_count").sum(0)).isEqualTo(3);
      assertThat(object.map("packet_count").sum(1)).isEqualTo(3 * 64);
    }
  }
}
