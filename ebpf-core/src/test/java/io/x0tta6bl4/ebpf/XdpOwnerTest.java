package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One XDP program is all that an interface can have; whoever comes second is told who was first. */
@RequiresKernel
class XdpOwnerTest {

  private static final int EBUSY = 16;
  private static final int EEXIST = 17;

  private Cable cable;

  @BeforeEach
  void layCable() {
    cable = new Cable();
  }

  @AfterEach
  void removeCable() {
    cable.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE,  AUTO,    native",
    "NATIVE,  NATIVE,  native",
    "NATIVE,  GENERIC, native",
    "GENERIC, AUTO,    generic",
    "GENERIC, NATIVE,  generic",
    "GENERIC, GENERIC, generic"
  })
  void namesTheProgramThatIsThereByALink(XdpMode first, XdpMode second, String mode) {
    try (BpfObject object = Samples.load();
        BpfLink link = cable.near().call(() -> object.program("xdp_other_prog").attachXdp(cable.device(), first))) {
      assertThatThrownBy(() -> attach(second))
          .isInstanceOfSatisfying(
              BpfAttachException.class,
              e -> {
                assertThat(e.device()).isEqualTo(Cable.NEAR);
                assertThat(e.errno().orElseThrow()).isIn(EBUSY, EEXIST);
              })
          .hasMessageContaining("XDP program " + link.info().programId() + " 'xdp_other_prog' (" + mode + ")");

      assertThat(link.info().attached()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"xdp, native", "xdpgeneric, generic"})
  void namesTheProgramThatSomebodyAttachedWithoutALink(String kind, String mode) {
    cable.near().command(
        "ip", "link", "set", "dev", Cable.NEAR, kind, "obj", Samples.file().toString(), "sec", "xdp");
    int id = programOfTheInterface();

    for (XdpMode wanted : XdpMode.values()) {
      assertThatThrownBy(() -> attach(wanted))
          .isInstanceOf(BpfAttachException.class)
          .hasMessageContaining("XDP program " + id + " 'emit_prog' (" + mode + ")");
    }

    assertThat(programOfTheInterface()).isEqualTo(id);
  }

  @Test
  void tellsTheOtherModeApart() {
    try (PacketCounter _ = attach(XdpMode.NATIVE)) {
      assertThatThrownBy(() -> attach(XdpMode.GENERIC))
          .isInstanceOfSatisfying(BpfAttachException.class, e -> assertThat(e.errno()).hasValue(EEXIST));
    }
  }

  @ParameterizedTest
  @EnumSource(XdpMode.class)
  void attachesOnceTheFirstIsGone(XdpMode mode) {
    attach(XdpMode.NATIVE).close();

    try (PacketCounter counter = attach(mode)) {
      assertThat(counter.link().info().attached()).isTrue();
    }
  }

  @Test
  void isNotOverwrittenBySomebodyWithoutALink() {
    try (PacketCounter counter = attach(XdpMode.AUTO)) {
      assertThatThrownBy(
              () ->
                  cable.near().command(
                      "ip", "-force", "link", "set", "dev", Cable.NEAR, "xdp", "obj", Samples.file().toString(), "sec", "xdp"))
          .hasMessageContaining("Can't replace active");

      assertThat(programOfTheInterface()).isEqualTo(counter.program().id());
    }
  }

  private PacketCounter attach(XdpMode mode) {
    return cable.near().call(() -> PacketCounter.attach(cable.device(), mode));
  }

  private int programOfTheInterface() {
    Matcher id = Pattern.compile("prog/xdp id (\\d+)").matcher(cable.near().command("ip", "link", "show", "dev", Cable.NEAR));
    assertThat(id.find()).isTrue();
    return Integer.parseInt(id.group(1));
  }
}
