package io.x0tta6bl4.telegram.internal.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

  private static final Pattern FORM = Pattern.compile("\\.(one|few|many)$");
  private static final List<Language> ALL = List.of(Language.EN, Language.RU);

  private static Set<String> keys(Language language) {
    return language.bundle().keySet().stream().map(key -> FORM.matcher(key).replaceFirst("")).collect(Collectors.toSet());
  }

  private static Set<String> arguments(String text) {
    Set<String> found = new TreeSet<>();
    Matcher argument = Pattern.compile("\\{(\\d)}").matcher(text);
    while (argument.find()) {
      found.add(argument.group(1));
    }
    return found;
  }

  @Test
  void bothLanguagesHaveTheSameTexts() {
    assertThat(keys(Language.RU)).isEqualTo(keys(Language.EN)).hasSizeGreaterThan(40);
  }

  @Test
  void bothLanguagesUseTheSameArguments() {
    for (String key : Language.EN.bundle().keySet()) {
      String russian = FORM.matcher(key).find() ? FORM.matcher(key).replaceFirst(".many") : key;
      assertThat(arguments(Language.RU.bundle().getString(russian)))
          .as(key)
          .isEqualTo(arguments(Language.EN.bundle().getString(key)));
    }
  }

  @Test
  void everyCountedTextHasEveryFormOfItsLanguage() {
    for (Language language : ALL) {
      Set<String> forms = LongStream.range(0, 200).mapToObj(language::form).collect(Collectors.toSet());
      Set<String> counted =
          language.bundle().keySet().stream()
              .filter(key -> FORM.matcher(key).find())
              .map(key -> FORM.matcher(key).replaceFirst(""))
              .collect(Collectors.toSet());
      assertThat(counted).containsExactlyInAnyOrder("orders", "minutes", "hours");
      for (String key : counted) {
        assertThat(language.bundle().keySet().stream().filter(k -> k.matches(key + "\\.(one|few|many)")))
            .as("%s in %s", key, language.code())
            .containsExactlyInAnyOrderElementsOf(forms.stream().map(form -> key + "." + form).toList());
      }
    }
  }

  @Test
  void everyTextIsMarkUpThatTelegramReads() {
    for (Language language : ALL) {
      for (String key : language.bundle().keySet()) {
        String text = language.bundle().getString(key).replaceAll("<b>[^<>]*</b>", "").replaceAll("\\{\\d}", "");
        assertThat(text).as(key).doesNotContain("<", ">", "&", "{", "}");
        assertThat(language.bundle().getString(key)).as(key).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, осталось 0 минут", "1, осталась 1 минута", "2, осталось 2 минуты", "4, осталось 4 минуты", "5, осталось 5 минут",
    "11, осталось 11 минут", "12, осталось 12 минут", "14, осталось 14 минут", "21, осталась 21 минута",
    "22, осталось 22 минуты", "25, осталось 25 минут", "101, осталась 101 минута", "111, осталось 111 минут",
    "114, осталось 114 минут"
  })
  void countsInRussian(long number, String expected) {
    assertThat(Language.RU.plural("minutes", number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 minutes left", "1, 1 minute left", "2, 2 minutes left", "21, 21 minutes left"})
  void countsInEnglish(long number, String expected) {
    assertThat(Language.EN.plural("minutes", number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"ru, ru", "RU, ru", "ru-RU, ru", "ru_UA, ru", "en, en", "pt-br, en", "'', en", "rund, en", "uk, en"})
  void findsTheLanguageOfAUser(String code, String expected) {
    assertThat(Language.of(code).code()).isEqualTo(expected);
  }

  @Test
  void escapesArgumentsUnlessTheyAreMarkUpOfOurOwn() {
    assertThat(Language.EN.text("order.title", "<A&B>")).isEqualTo("<b>Order &lt;A&amp;B&gt;</b>");
    assertThat(Language.EN.text("pay.address", Html.code("<x>", 10))).isEqualTo("Address: <code>&lt;x&gt;</code>");
    assertThat(Language.EN.text("order.title", "x".repeat(10_000))).hasSizeLessThan(300);
  }

  @Test
  void anArgumentIsNotReadAsATemplate() {
    assertThat(Language.EN.text("order.line", "{1}{0}", "$1\\")).isEqualTo("{1}{0}: $1\\");
  }

  @Test
  void saysWhichTextIsMissing() {
    assertThatThrownBy(() -> Language.EN.text("no.such")).hasMessage("no text 'no.such' in en");
  }
}
