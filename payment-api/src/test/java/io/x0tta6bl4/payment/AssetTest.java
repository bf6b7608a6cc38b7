package io.x0tta6bl4.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Tron", "tron ", "tr_on", "tröön", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void refusesAChainThatIsNoLowerCaseId(String chain) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Asset(chain, "USDT", null, 6))
        .withMessageContaining("chain '" + chain + "'")
        .withMessageContaining("[a-z0-9-]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "123456789012345678901234567890123"})
  void refusesASymbolThatIsBlankOrTooLong(String symbol) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Asset("tron", symbol, null, 6))
        .withMessageContaining("symbol");
  }

  @Test
  void aSymbolNeedNotBeAscii() {
    assertThat(new Asset("ton", "USD₮", "0:1", 6).symbol()).isEqualTo("USD₮");
  }

  @Test
  void refusesABlankContractSinceItWouldLookLikeAToken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Asset("tron", "USDT", " ", 6))
        .withMessageContaining("contract");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 78, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refusesDecimalsOutsideTheRange(int decimals) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Asset("tron", "T", "c", decimals))
        .withMessageContaining("decimals " + decimals)
        .withMessageContaining("0 to 77");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 18, 77})
  void takesDecimalsInsideTheRange(int decimals) {
    assertThat(new Asset("tron", "T", "c", decimals).decimals()).isEqualTo(decimals);
  }

  @Test
  void onlyACoinWithoutAContractIsNative() {
    assertThat(Asset.TRX.isNative()).isTrue();
    assertThat(Asset.TON.isNative()).isTrue();
    assertThat(Asset.USDT_TRC20.isNative()).isFalse();
    assertThat(Asset.USDT_JETTON.isNative()).isFalse();
  }

  @Test
  void row1_anotherContractWithTheSameNameIsAnotherToken() {
    Asset fake = new Asset("tron", "USDT", "TFakeFakeFakeFakeFakeFakeFakeFakeF", 6);

    assertThat(fake.isSameToken(Asset.USDT_TRC20)).isFalse();
  }

  @Test
  void theNameOfATokenDoesNotMatter() {
    Asset renamed = new Asset("tron", "U S D T", Asset.USDT_TRC20.contract(), 6);

    assertThat(renamed.isSameToken(Asset.USDT_TRC20)).isTrue();
  }

  @Test
  void theSameContractOnAnotherChainIsAnotherToken() {
    Asset elsewhere = new Asset("ton", "USDT", Asset.USDT_TRC20.contract(), 6);

    assertThat(elsewhere.isSameToken(Asset.USDT_TRC20)).isFalse();
    assertThat(Asset.TON.isSameToken(Asset.TRX)).isFalse();
    assertThat(Asset.TRX.isSameToken(Asset.USDT_TRC20)).isFalse();
  }

  @Test
  void thePinnedAssetsHaveTheirKnownDecimals() {
    assertThat(Asset.TRX.decimals()).isEqualTo(6);
    assertThat(Asset.USDT_TRC20.decimals()).isEqualTo(6);
    assertThat(Asset.TON.decimals()).isEqualTo(9);
    assertThat(Asset.USDT_JETTON.decimals()).isEqualTo(6);
  }
}
