package io.x0tta6bl4.payment.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionHashesTest {

  private static final String HASH = "0130d11f3ab8a3bbb7c2bb2c46c6e4a0e5f6bd3ea5c5f5be4c6f1f0b5d2bea99";

  @ParameterizedTest
  @ValueSource(
      strings = {
        HASH,
        "0x" + HASH,
        "0X" + HASH,
        "0130D11F3AB8A3BBB7C2BB2C46C6E4A0E5F6BD3EA5C5F5BE4C6F1F0B5D2BEA99",
        "  \t" + HASH + "\r\n",
        " 0x" + HASH + " "
      })
  void row74_readsAHashAsPeoplePasteIt(String text) {
    assertThat(TransactionHashes.fromHex(text)).isEqualTo(HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0x",
        "0x0x" + HASH,
        HASH + "0",
        "013d11f3ab8a3bbb7c2bb2c46c6e4a0e5f6bd3ea5c5f5be4c6f1f0b5d2bea99",
        "0130d11f3ab8a3bbb7c2bb2c46c6e4a0e5f6bd3ea5c5f5be4c6f1f0b5d2bea9g",
        "ATDRHzq4o7u3wrssRsbkoOX2vT6lxfW+TG8fC10r6pk=",
        "../../wallet/getaccount?x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "https://tronscan.org/#/transaction/" + HASH
      })
  void row76_refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionHashes.fromHex(text))
        .withMessageContaining("expected 32 bytes as 64 characters of hex");
  }

  @Test
  void aMessageAboutALongTextIsShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionHashes.fromHex("a".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
  }
}
