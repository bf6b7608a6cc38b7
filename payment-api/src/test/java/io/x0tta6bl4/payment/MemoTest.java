package io.x0tta6bl4.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ORD-1001", "ORD-1001 ", "\tORD-1001\n", "\r\nORD-1001\r\n", "\u000b\fORD-1001", "ORD-1001\0\0\0",
        "\0ORD-1001", " \0 ORD-1001 \0 "
      })
  void row17_asciiWhiteSpaceAndNulAtBothEndsAreTrimmed(String text) {
    assertThat(new Memo.Text(text).trimmed()).isEqualTo("ORD-1001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ORD 1001", "ORD-\n1001", "ORD-10\00001"})
  void row17_whatIsBetweenStays(String text) {
    assertThat(new Memo.Text(text).trimmed()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u200bORD-1001", "ORD-1001\u200d", "\ufeffORD-1001", "\u00a0ORD-1001", "ORD-1001\u2003", "\u202eORD-1001",
        "\u0085ORD-1001", "\u001fORD-1001", "\bORD-1001"
      })
  void row18_noOtherInvisibleCharacterIsTrimmed(String text) {
    assertThat(new Memo.Text(text).trimmed()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c3", "c328", "e28228", "f0288cbc", "eda080", "c080", "4f52442d31ff", "fe80"})
  void row19_bytesThatAreNotUtf8AreUnreadableAndNoException(String hex) {
    assertThat(Memo.ofUtf8(HexFormat.of().parseHex(hex))).isSameAs(Memo.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\0", "\0\0\0\0", " \t\r\n\u000b\f\0"})
  void row20_nothingButPaddingIsNoMemo(String text) {
    assertThat(Memo.ofText(text)).isSameAs(Memo.ABSENT);
    assertThat(Memo.ofUtf8(text.getBytes(UTF_8))).isSameAs(Memo.ABSENT);
    assertThat(Memo.ofUtf8(ByteBuffer.wrap(text.getBytes(UTF_8)))).isSameAs(Memo.ABSENT);
  }

  @Test
  void row21_hexOfHexStaysTheTextThatItIs() {
    Memo memo = Memo.ofUtf8("4f52442d31303031".getBytes(UTF_8));

    assertThat(memo).isEqualTo(new Memo.Text("4f52442d31303031"));
  }

  @Test
  void keepsTheTextAsItIsOnTheChain() {
    assertThat(Memo.ofText(" ORD-1001\n")).isEqualTo(new Memo.Text(" ORD-1001\n"));
    assertThat(Memo.ofUtf8("Заказ 7 🙂".getBytes(UTF_8))).isEqualTo(new Memo.Text("Заказ 7 🙂"));
  }

  @Test
  void readsABufferUpToItsLimit() {
    ByteBuffer part = ByteBuffer.wrap("xxORD-1001yy".getBytes(UTF_8)).position(2).limit(10);

    assertThat(Memo.ofUtf8(part)).isEqualTo(new Memo.Text("ORD-1001"));
  }

  @Test
  void row77_whatCouldHarmAReaderIsShownAsAQuestionMark() {
    String hostile = "a\n\u001b[31mb\u202ec\u200bd\u2028e\ud800f\u0000g";

    assertThat(new Memo.Text(hostile).display()).isEqualTo("a??[31mb?c?d?e?f?g");
  }

  @Test
  void ordinaryTextOfAnyLanguageIsShownAsItIs() {
    assertThat(new Memo.Text("Заказ №7 — 注文 🙂").display()).isEqualTo("Заказ №7 — 注文 🙂");
  }

  @Test
  void row77_displayCutsALongText() {
    assertThat(new Memo.Text("x".repeat(120)).display()).isEqualTo("x".repeat(120));
    assertThat(new Memo.Text("x".repeat(5_000)).display()).startsWith("xxx").endsWith("...").hasSizeLessThan(130);
  }

  @Test
  void displayHasAtMost120Characters() {
    assertThat(new Memo.Text("x".repeat(5_000)).display()).hasSizeLessThanOrEqualTo(120);
  }
}
