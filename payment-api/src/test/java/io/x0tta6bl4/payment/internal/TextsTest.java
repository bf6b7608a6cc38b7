package io.x0tta6bl4.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void ordinaryTextStays() {
    assertThat(Texts.printable("Заказ №7 <b>&amp;</b> 🙂", 100)).isEqualTo("Заказ №7 <b>&amp;</b> 🙂");
  }

  @Test
  void row77_whatCouldHarmAReaderBecomesAQuestionMark() {
    assertThat(Texts.printable("a\tb\nc\u001bd\u202ee\u2066f\ue000g\u2029h\u0378i", 100)).isEqualTo("a?b?c?d?e?f?g?h?i");
  }

  @Test
  void aLongTextIsCutWithDots() {
    assertThat(Texts.printable("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Texts.printable("abcdefg", 6)).isEqualTo("abc...");
  }

  @Test
  void aCutInTheMiddleOfACharacterLeavesNoHalf() {
    assertThat(Texts.printable("ab🙂cdef", 6)).isEqualTo("ab?...");
  }

  @Test
  void nothingStaysNothing() {
    assertThat(Texts.printable("", 10)).isEmpty();
  }
}
