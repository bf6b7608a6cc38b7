package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpfObjectTest {

  @TempDir private Path folder;

  @Test
  @RequiresBpf
  void theBundledObjectsHaveWhatTheirDocumentationSays() {
    try (BpfObject counter = BpfObject.open(BundledObject.XDP_COUNTER)) {
      assertThat(counter.name()).isEqualTo("xdp_counter.bpf.o");
      assertThat(counter.programs()).singleElement().extracting(BpfProgram::section).isEqualTo("xdp");
      BpfMap counts = counter.map("packet_count");
      assertThat(counts.type()).isEqualTo(MapType.PERCPU_ARRAY);
      assertThat(counts.keySize()).isEqualTo(4);
      assertThat(counts.valueSize()).isEqualTo(8);
      assertThat(counts.maxEntries()).isEqualTo(2);
    }
    try (BpfObject classifier = BpfObject.open(BundledObject.TC_CLASSIFIER)) {
      assertThat(classifier.programs()).singleElement().extracting(BpfProgram::section).isEqualTo("tc");
      assertThat(classifier.map("traffic").type()).isEqualTo(MapType.ARRAY);
      assertThat(classifier.map(".bss").valueSize()).isGreaterThanOrEqualTo(1 << 16);
    }
  }

  @Test
  @RequiresBpf
  void readsAnObjectFromAFile() throws IOException {
    Path file = Files.write(folder.resolve("mine.bpf.o"), BundledObject.XDP_COUNTER.bytes());
    try (BpfObject object = BpfObject.open(file).load()) {
      assertThat(object.toString()).isEqualTo("BPF object 'mine.bpf.o'");
      ProgramInfo info = object.program("xdp_counter_prog").info();
      assertThat(info.type()).isEqualTo(6);
      assertThat(info.name()).isEqualTo("xdp_counter_pro");
      assertThat(info.tag()).matches("[0-9a-f]{16}");
      assertThat(info.instructions()).isPositive();
    }
  }

  @Test
  @RequiresBpf
  void whatIsNoObjectOfThisMachineIsTheTypedErrorWithTheFilesName() {
    byte[] good = BundledObject.XDP_COUNTER.bytes();
    byte[] bigEndian = good.clone();
    bigEndian[5] = 2;
    byte[] text = "not an object".getBytes(StandardCharsets.US_ASCII);
    for (byte[] bad : new byte[][] {{}, text, Arrays.copyOf(good, good.length / 2), bigEndian}) {
      assertThatExceptionOfType(BpfObjectException.class)
          .isThrownBy(() -> BpfObject.open("bad.bpf.o", bad))
          .withMessageStartingWith("'bad.bpf.o' is not a BPF object: ");
    }
  }

  @Test
  @RequiresBpf
  void whatOnlyLibbpfFindsWrongIsTheTypedErrorWithItsWords() {
    byte[] bad = BundledObject.XDP_COUNTER.bytes();
    // The types of the maps under a name that libbpf does not know.
    bad[new String(bad, StandardCharsets.ISO_8859_1).lastIndexOf(".BTF\0") + 1] = 'X';
    assertThatExceptionOfType(BpfObjectException.class)
        .isThrownBy(() -> BpfObject.open("bad.bpf.o", bad))
        .withMessageContaining("; libbpf: BTF is required, but is missing or corrupted.")
        .satisfies(e -> assertThat(e.libbpfLog()).contains("skipping unrecognized data section"));
  }

  @Test
  @RequiresBpf
  void aProgramThatTheVerifierRefusesComesBackWithItsLog() {
    byte[] rejected = TestObjects.rejected();
    VerifierReport report = BpfObject.verify("rejected.bpf.o", rejected);
    assertThat(report.accepted()).isFalse();
    assertThat(report.program()).isEqualTo("reads_past_the_end_prog");
    assertThat(report.summary()).contains("offset is outside of the packet");
    assertThat(report.log()).contains("invalid access to packet");
    try (BpfObject object = BpfObject.open("rejected.bpf.o", rejected)) {
      assertThatExceptionOfType(BpfVerifierException.class).isThrownBy(object::load);
      assertThatIllegalStateException().isThrownBy(object::load).withMessageContaining("was loaded already");
      assertThatIllegalStateException().isThrownBy(object.program("reads_past_the_end_prog")::info);
    }
  }

  @Test
  @RequiresBpf
  void aProgramThatTheVerifierTakesIsToldWithItsCost() {
    VerifierReport report = BpfObject.verify("counter", BundledObject.XDP_COUNTER.bytes());
    assertThat(report.accepted()).isTrue();
    assertThat(report.program()).isEmpty();
    assertThat(report.summary()).startsWith("xdp_counter_prog: processed ");
    assertThat(report.log()).startsWith("program 'xdp_counter_prog':\n");
  }

  @Test
  @RequiresBpf
  void aConstantIsSetBeforeLoadOnlyAndOnlyToWhatFits() {
    try (BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER)) {
      object.setConstant("egress", 255);
      object.setConstant("egress", -128);
      object.setConstant("egress", 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> object.setConstant("egress", 256))
          .withMessage("constant 'egress': 256 does not fit into its 1 bytes");
      assertThatIllegalArgumentException().isThrownBy(() -> object.setConstant("egress", -129));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> object.setConstant("outgoing", 1))
          .withMessage("constant 'outgoing': object 'tc_classifier.bpf.o' has none");
      object.load();
      assertThatIllegalStateException()
          .isThrownBy(() -> object.setConstant("egress", 1))
          .withMessageContaining("loaded already");
    }
  }

  @Test
  @RequiresBpf
  void aVariableIsNoConstant() {
    try (BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER)) {
      assertThatIllegalArgumentException().isThrownBy(() -> object.setConstant("port_class", 1));
      assertThat(object.offsetOf("port_class")).isNotNegative();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> object.offsetOf("ports"))
          .withMessage("variable 'ports': object 'tc_classifier.bpf.o' has none");
    }
  }

  @Test
  @RequiresBpf
  void aNameThatIsNotThereIsToldWithThoseThatAre() {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> object.program("counter"))
          .withMessage("program 'counter': object 'xdp_counter.bpf.o' has none of that name, only [xdp_counter_prog]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> object.map("counts"))
          .withMessageContaining("packet_count");
    }
  }

  @Test
  @RequiresBpf
  void whatNeedsTheKernelNeedsALoadBefore() {
    try (BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER)) {
      BpfProgram program = object.program("tc_classifier_prog");
      assertThatIllegalStateException()
          .isThrownBy(() -> program.testRun(new byte[14], 1))
          .withMessageContaining("call load() first");
      assertThatIllegalStateException().isThrownBy(program::info);
      assertThatIllegalStateException().isThrownBy(() -> object.map("traffic").mapped(false));
      assertThatIllegalArgumentException().isThrownBy(() -> object.map("traffic").setMaxEntries(0));
      program.leaveOut();
      object.load();
      assertThatIllegalStateException().isThrownBy(program::info).withMessageContaining("was left out");
      assertThatIllegalStateException().isThrownBy(program::leaveOut);
      assertThatIllegalStateException().isThrownBy(program::acceptFragments);
      assertThatIllegalStateException().isThrownBy(() -> object.map("traffic").setMaxEntries(1));
    }
  }

  @Test
  @RequiresBpf
  void afterCloseEachCallIsRefusedAndClosingAgainDoesNothing() {
    BpfObject object = BpfObject.open(BundledObject.TC_CLASSIFIER).load();
    BpfProgram program = object.program("tc_classifier_prog");
    BpfMap traffic = object.map("traffic");
    MappedArray mapped = traffic.mapped(false);
    object.close();
    object.close();
    String closed = "BPF object 'tc_classifier.bpf.o' is closed";
    assertThatIllegalStateException().isThrownBy(object::load).withMessage(closed);
    assertThatIllegalStateException().isThrownBy(() -> program.testRun(new byte[14], 1)).withMessage(closed);
    assertThatIllegalStateException().isThrownBy(program::info).withMessage(closed);
    assertThatIllegalStateException().isThrownBy(() -> traffic.lookup(BpfMap.key(0))).withMessage(closed);
    assertThatIllegalStateException().isThrownBy(() -> traffic.mapped(false)).withMessage(closed);
    assertThatIllegalStateException().isThrownBy(() -> mapped.getLong(0, 0));
    mapped.close();
  }
}
