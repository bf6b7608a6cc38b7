package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {

  private final ScriptedSource tron = new ScriptedSource("tron");
  private final ScriptedSource ton = new ScriptedSource("ton");

  @Test
  void givesTheSourceOfAChain() {
    Sources sources = new Sources(List.of(tron, ton));
    assertThat(sources.of("ton")).isSameAs(ton);
    assertThat(sources.find("tron")).containsSame(tron);
    assertThat(sources.find("btc")).isEmpty();
  }

  @Test
  void saysWhichChainsThereAre() {
    assertThatThrownBy(() -> new Sources(List.of(tron, ton)).of("btc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chain 'btc': expected one of [ton, tron]");
  }

  @Test
  void takesOneForEachChain() {
    assertThatThrownBy(() -> new Sources(List.of(tron, new ScriptedSource("tron"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two sources of the chain tron: expected one");
  }
}
