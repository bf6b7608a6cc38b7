package io.x0tta6bl4.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.x0tta6bl4.payment.http.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierOptionsTest {

  private static final Duration DEFAULT = Duration.ofSeconds(30);

  private static VerifierOptions options(String value) {
    return VerifierOptions.of(Map.of("x", value));
  }

  private static ConfigurationException refused(Runnable reading) {
    try {
      reading.run();
    } catch (ConfigurationException e) {
      assertThat(e.option()).isEqualTo("x");
      assertThat(e).hasMessageContaining("option 'x'").hasMessageContaining("expected");
      return e;
    }
    throw new AssertionError("expected a ConfigurationException");
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    VerifierOptions none = VerifierOptions.none();

    assertThat(none.string("x")).isEmpty();
    assertThat(none.secret("x")).isEmpty();
    assertThat(none.integer("x", 1, 2, 7)).isEqualTo(7);
    assertThat(none.duration("x", DEFAULT)).isEqualTo(DEFAULT);
    assertThat(none.bool("x", true)).isTrue();
    assertThat(none.uri("x", URI.create("https://a"))).isEqualTo(URI.create("https://a"));
    assertThat(none.names()).isEmpty();
  }

  @Test
  void addingAValueMakesNewOptions() {
    VerifierOptions one = VerifierOptions.none().with("b", "1");
    VerifierOptions two = one.with("a", "2").with("b", "3");

    assertThat(VerifierOptions.none().names()).isEmpty();
    assertThat(one.string("b")).contains("1");
    assertThat(two.string("b")).contains("3");
    assertThat(two.names()).containsExactly("a", "b");
  }

  @Test
  void laterChangesOfTheGivenMapDoNotMatter() {
    Map<String, String> values = new HashMap<>(Map.of("x", "1"));
    VerifierOptions options = VerifierOptions.of(values);
    values.put("x", "2");

    assertThat(options.string("x")).contains("1");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "' 5 ', 5", "100, 100"})
  void readsAWholeNumberInItsRange(String text, int value) {
    assertThat(options(text).integer("x", 0, 100, 7)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "101", "1.5", "1e1", "", "five", "0x10", "99999999999999999999"})
  void refusesANumberOutsideItsRangeAndNamesBoth(String text) {
    assertThat(refused(() -> options(text).integer("x", 0, 100, 7)))
        .hasMessage("option 'x' = '" + text + "': expected a whole number from 0 to 100");
  }

  @ParameterizedTest
  @CsvSource({"PT1S, PT1S", "' PT0.5S ', PT0.5S", "PT1H, PT1H", "PT0.000000001S, PT0.000000001S"})
  void readsADuration(String text, Duration value) {
    assertThat(options(text).duration("x", DEFAULT)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.000000001S", "P1D", "30", "30s", "", "PT99999999999999999999S"})
  void refusesADurationOutsideItsRange(String text) {
    assertThat(refused(() -> options(text).duration("x", DEFAULT))).hasMessageContaining("'" + text + "'")
        .hasMessageContaining("PT1H");
  }

  @Test
  void readsASwitch() {
    assertThat(options("true").bool("x", false)).isTrue();
    assertThat(options(" false ").bool("x", true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "TRUE", "1"})
  void refusesASwitchThatIsNeitherOnNorOff(String text) {
    assertThat(refused(() -> options(text).bool("x", false))).hasMessageContaining("true or false");
  }

  @Test
  void readsAnAddress() {
    assertThat(options(" https://api.example:8443/v1 ").uri("x", URI.create("https://a")))
        .isEqualTo(URI.create("https://api.example:8443/v1"));
  }

  @Test
  void refusesAnAddressThatIsNoneAndShowsAnExample() {
    assertThat(refused(() -> options("ht tp://x").uri("x", URI.create("https://a.example"))))
        .hasMessageContaining("https://a.example");
  }

  @Test
  void row68_anUnreadableAddressThatMayHoldAPasswordIsNotShown() {
    assertThat(refused(() -> options("https://user:hunter2|@host").uri("x", URI.create("https://a.example"))))
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void readsASecretWithoutTheWhiteSpaceAroundIt() {
    assertThat(options(" key-123\n").secret("x")).contains(Secret.of("key-123"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void aBlankSecretIsNone(String text) {
    assertThat(options(text).secret("x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"top secret", "top\r\nX-Evil: 1", "top\0secret", "töp", "top\u007f"})
  void row68_refusesASecretThatNoHeaderMayCarryWithoutShowingIt(String text) {
    assertThat(refused(() -> options(text).secret("x")))
        .message()
        .doesNotContain("secret ")
        .doesNotContain(text)
        .doesNotContain("top")
        .contains("not shown");
  }

  @Test
  void row68_textFormsLeakNothing() {
    VerifierOptions options = VerifierOptions.of(Map.of(VerifierOptions.API_KEY, "key-123", VerifierOptions.NETWORK,
        "nile"));

    assertThat(options).hasToString("VerifierOptions[api-key, network]");
    assertThat(Secret.of("key-123")).hasToString("***");
    assertThat(String.valueOf(options.secret(VerifierOptions.API_KEY))).doesNotContain("key-123");
  }

  @Test
  void anErrorWithoutAValueShowsNone() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () -> {
              throw new ConfigurationException("x", null, "something");
            })
        .withMessage("option 'x': expected something");
  }
}
