package io.x0tta6bl4.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransferIdTest {

  private static final String HASH = "0130" + "0".repeat(56) + "ea99";

  static List<String> wrongHashes() {
    return List.of(
        "",
        "ab",
        HASH.substring(1),
        HASH + "0",
        HASH.toUpperCase(Locale.ROOT),
        "0x" + HASH.substring(2),
        "0x" + HASH,
        HASH.substring(1) + "/",
        HASH.substring(1) + "g",
        HASH + "\n",
        " " + HASH);
  }

  @ParameterizedTest
  @MethodSource("wrongHashes")
  void refusesWhatIsNot64CharactersOfLowerCaseHex(String hash) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransferId("tron", hash, 0))
        .withMessageContaining("64 characters of lower-case hex");
  }

  @Test
  void refusesANegativeIndex() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TransferId("tron", HASH, -1)).withMessageContaining("-1");
  }

  @Test
  void row5_twoTransfersOfOneTransactionHaveTwoIds() {
    assertThat(new TransferId("tron", HASH, 0)).isNotEqualTo(new TransferId("tron", HASH, 1));
  }

  @Test
  void theSameHashOnAnotherChainIsAnotherTransfer() {
    assertThat(new TransferId("tron", HASH, 0)).isNotEqualTo(new TransferId("ton", HASH, 0));
  }

  @Test
  void printsAsOneWord() {
    assertThat(new TransferId("tron", HASH, 3)).hasToString("tron:" + HASH + ":3");
  }
}
