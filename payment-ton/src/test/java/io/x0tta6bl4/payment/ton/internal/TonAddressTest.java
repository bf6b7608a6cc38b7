package io.x0tta6bl4.payment.ton.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.ton.Fixtures;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TonAddressTest {

  @ParameterizedTest
  @ValueSource(strings = {
    Fixtures.MERCHANT, Fixtures.MERCHANT_EQ, Fixtures.MERCHANT_UQ, " " + Fixtures.MERCHANT_UQ + "\n",
    "0:D32F22CAE56A370C865495BB6C3516D800415504A190E86919806742D7A8636C"
  })
  void row34_everyFormIsTheSameAccount(String text) {
    TonAddress address = TonAddress.parse(text, false);
    assertThat(address.toRaw()).isEqualTo(Fixtures.MERCHANT);
    assertThat(address).hasToString(Fixtures.MERCHANT).isEqualTo(TonAddress.parse(Fixtures.MERCHANT, true));
    assertThat(address).hasSameHashCodeAs(TonAddress.parse(Fixtures.MERCHANT_EQ, true));
  }

  @Test
  void row35_theWorkchainCounts() {
    TonAddress masterchain = TonAddress.parse("-1" + Fixtures.MERCHANT.substring(1), false);
    assertThat(masterchain).isNotEqualTo(TonAddress.parse(Fixtures.MERCHANT, false)).isNotEqualTo("x");
    assertThat(masterchain.toRaw()).startsWith("-1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", " ", "0:", "0:d32f", "2:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c",
    "-2:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c",
    "999:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c",
    "99999999999:d32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c",
    "0:g32f22cae56a370c865495bb6c3516d800415504a190e86919806742d7a8636c",
    "eQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbNNW", "EQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbNNX",
    "EQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbN=="
  })
  void whatIsNoAddressIsRefusedAndNamed(String text) {
    assertThatThrownBy(() -> TonAddress.parse(text, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text.length() > 90 ? text.substring(0, 90) : text);
  }

  @Test
  void aLongTextIsCutInTheMessage() {
    assertThatThrownBy(() -> TonAddress.parse("x".repeat(5000), false)).satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void seededAddressesKeepTheirBytesInEveryFormAndNeverPassWithAChangedLetter() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 2_000; i++) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      int workchain = random.nextBoolean() ? 0 : -1;
      TonAddress address = new TonAddress(workchain, hash);
      assertThat(TonAddress.parse(address.toRaw(), false)).isEqualTo(address);
      for (int tag : new int[] {0x11, 0x51}) {
        String friendly = friendly(tag, workchain, hash);
        assertThat(TonAddress.parse(friendly, false)).isEqualTo(address);
        assertThat(TonAddress.parse(friendly.replace('-', '+').replace('_', '/'), false)).isEqualTo(address);
        String forTestnet = friendly(tag | 0x80, workchain, hash);
        assertThat(TonAddress.parse(forTestnet, true)).isEqualTo(address);
        assertThatThrownBy(() -> TonAddress.parse(forTestnet, false)).hasMessageContaining("test networks");
        char[] letters = friendly.toCharArray();
        int at = random.nextInt(letters.length);
        letters[at] = letters[at] == 'A' ? 'B' : 'A';
        assertThatThrownBy(() -> TonAddress.parse(new String(letters), true)).isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> TonAddress.parse(friendly(0x31, workchain, hash), true)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> TonAddress.parse(friendly(0x11, 1, hash), true)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String friendly(int tag, int workchain, byte[] hash) {
    byte[] bytes = new byte[36];
    bytes[0] = (byte) tag;
    bytes[1] = (byte) workchain;
    System.arraycopy(hash, 0, bytes, 2, 32);
    int crc = 0;
    for (int i = 0; i < 34; i++) {
      for (int bit = 7; bit >= 0; bit--) {
        boolean in = ((bytes[i] >> bit) & 1) != 0;
        boolean top = (crc & 0x8000) != 0;
        crc = (crc << 1) & 0xffff;
        if (in != top) {
          crc ^= 0x1021;
        }
      }
    }
    bytes[34] = (byte) (crc >> 8);
    bytes[35] = (byte) crc;
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
