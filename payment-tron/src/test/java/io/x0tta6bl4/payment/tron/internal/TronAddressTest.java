package io.x0tta6bl4.payment.tron.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.tron.Fixtures;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TronAddressTest {

  private static final long SEED = 20_260_101L;

  @ParameterizedTest
  @CsvSource({
    "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD, 41105c1cc0a7969e8eeec4349488e095a297c5f9af",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, 41a614f803b6fd780986a42c78ec9c7f77e6ded13c",
    "TDGWACVpQBZi6T6fKXecuGWZd1VNtRZMFC, 41242dc56909b61cca6a01c909301a2a3e86ea01fd",
    "TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre, 416e3b44b96104b26f84057974a1f0c9880f7c9b13",
    "TXVj38D1XR3TPgSHTCZGC8wkLDAGqF1oqx, 41ec20315a879c48f5e3a6a1c9826d5225f8b658b8",
    "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb, 410000000000000000000000000000000000000000"
  })
  void readsBothSpellingsOfRecordedAddresses(String base58, String hex) {
    TronAddress address = TronAddress.parse(base58);
    assertThat(address).isEqualTo(TronAddress.parse(hex)).hasSameHashCodeAs(TronAddress.parse(hex)).hasToString(base58);
    assertThat(TronAddress.parse(hex).toBase58()).isEqualTo(base58);
    assertThat(TronAddress.parse("  " + base58 + "\n")).isEqualTo(address);
    assertThat(TronAddress.parse(hex.toUpperCase(Locale.ROOT))).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "T",
        // The recorded address whose last letter somebody changed.
        "TM1zzNDZD2DPASbKcgdVoTYhfmYgtfwx9D",
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJE",
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJ",
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJDD",
        "0BTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD",
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJl",
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJ\u00e9",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "1111111111111111111111111111111111",
        "105c1cc0a7969e8eeec4349488e095a297c5f9af",
        "42105c1cc0a7969e8eeec4349488e095a297c5f9af",
        "0x41105c1cc0a7969e8eeec4349488e095a297c5f9af",
        "41105c1cc0a7969e8eeec4349488e095a297c5f9ag",
        "41105c1cc0a7969e8eeec4349488e095a297c5f9afff",
        "EQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbNNW"
      })
  void row33_refusesWhatIsNoAddressAndNamesIt(String text) {
    assertThatThrownBy(() -> TronAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("address '" + text + "'")
        .hasMessageContaining("checksum");
  }

  @Test
  void row33_aChangedCaseIsNoAddress() {
    String address = Fixtures.MERCHANT;
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
      String changed = address.substring(0, i) + other + address.substring(i + 1);
      if (other != c) {
        assertThatThrownBy(() -> TronAddress.parse(changed)).isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThatThrownBy(() -> TronAddress.parse(address.toLowerCase(Locale.ROOT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cutsALongTextInTheMessage() {
    assertThatThrownBy(() -> TronAddress.parse("T".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).contains("TTT..."));
  }

  @Test
  void base58GoesThereAndBackForRandomAddresses() {
    System.out.println("TronAddressTest seed " + SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[TronAddress.LENGTH];
      random.nextBytes(bytes);
      bytes[0] = TronAddress.PREFIX;
      String text = Base58Check.encode(bytes);
      assertThat(text).hasSize(34).startsWith("T");
      assertThat(Base58Check.decode(text)).isEqualTo(bytes);
      assertThat(TronAddress.parse(HexFormat.of().formatHex(bytes)).toBase58()).isEqualTo(text);
    }
  }

  @Test
  void aWordsLastTwentyBytesAreTheAddressWhateverStandsBeforeThem() {
    String bare = Fixtures.MERCHANT_HEX.substring(2);
    TronAddress merchant = TronAddress.parse(Fixtures.MERCHANT);
    assertThat(TronAddress.ofWord(HexFormat.of().parseHex("00".repeat(12) + bare), 0)).isEqualTo(merchant);
    assertThat(TronAddress.ofWord(HexFormat.of().parseHex("00".repeat(11) + "41" + bare), 0)).isEqualTo(merchant);
    assertThat(TronAddress.ofWord(HexFormat.of().parseHex("ffff" + "00".repeat(12) + bare), 2)).isEqualTo(merchant);
  }

  @Test
  void readsAddressesOfTransactionsAndLogs() {
    TronAddress merchant = TronAddress.parse(Fixtures.MERCHANT);
    assertThat(TronAddress.ofBytes(HexFormat.of().parseHex(Fixtures.MERCHANT_HEX))).isEqualTo(merchant);
    assertThat(TronAddress.ofBytes(new byte[21])).isNull();
    assertThat(TronAddress.ofBytes(new byte[20])).isNull();
    assertThat(TronAddress.ofBareHex(Fixtures.MERCHANT_HEX.substring(2))).isEqualTo(merchant);
    assertThat(TronAddress.ofBareHex(Fixtures.MERCHANT_HEX)).isNull();
    assertThat(TronAddress.ofBareHex("zz".repeat(20))).isNull();
  }

  @Test
  void onlyTheAddressOfZerosIsNobodys() {
    assertThat(TronAddress.parse("T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb").isZero()).isTrue();
    assertThat(TronAddress.parse(Fixtures.MERCHANT).isZero()).isFalse();
    assertThat(TronAddress.parse("41" + "0".repeat(39) + "1").isZero()).isFalse();
  }

  @Test
  void isNoTextAndNoOtherAddress() {
    TronAddress merchant = TronAddress.parse(Fixtures.MERCHANT);
    assertThat(merchant).isNotEqualTo(TronAddress.parse(Fixtures.PAYER)).isNotEqualTo((Object) Fixtures.MERCHANT);
  }
}
