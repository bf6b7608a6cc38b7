package io.x0tta6bl4.example.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.example.orders.OrderView;
import io.x0tta6bl4.example.web.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextTest {

  @ParameterizedTest
  @EnumSource(Text.class)
  void isThereInBothLanguagesWithTheSameValues(Text text) {
    String english = text.in(Language.EN);
    String russian = text.in(Language.RU);
    assertThat(russian).isNotEqualTo(english).containsPattern("[а-яА-Я]");
    assertThat(english.contains("{}")).isEqualTo(russian.contains("{}"));
  }

  @ParameterizedTest
  @EnumSource(OrderView.Status.class)
  void hasASentenceForEveryStatus(OrderView.Status status) {
    assertThat(CheckoutHtml.sentence(status, Language.RU)).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ru-RU,ru;q=0.9,en;q=0.8 | -  | RU
          en-US,en;q=0.9,ru;q=0.8 | -  | EN
          de-DE,ru;q=0.5          | -  | RU
          de                      | -  | EN
          -                       | -  | EN
          ru                      | en | EN
          en                      | ru | RU
          ru                      | xx | RU
          rus                     | -  | EN
          """)
  void isInTheLanguageOfTheBuyer(String accepted, String chosen, Language expected) {
    Map<String, String> headers = accepted == null ? Map.of() : Map.of("accept-language", accepted);
    Map<String, String> query = chosen == null ? Map.of() : Map.of("lang", chosen);
    assertThat(Language.of(new Request("GET", "/", Map.of(), query, headers, new byte[0], ""))).isEqualTo(expected);
  }

  @Test
  void isReplacedAsItIs() {
    assertThat(Text.ORDER.in(Language.EN, "$1\\")).isEqualTo("Order $1\\");
  }
}
