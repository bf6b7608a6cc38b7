package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.OptionSpec;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TronVerifierProviderTest {

  private final TronVerifierProvider provider = new TronVerifierProvider();

  @Test
  void isFoundByItsId() {
    assertThat(PaymentVerifiers.provider("tron", TronVerifierProviderTest.class.getClassLoader()))
        .isInstanceOf(TronVerifierProvider.class);
    assertThat(provider.id()).isEqualTo("tron");
  }

  @Test
  void namesItsOptionsAndWhichOfThemIsSecret() {
    assertThat(provider.options()).extracting(OptionSpec::name)
        .containsExactlyInAnyOrder(
            "network", "base-url", "allow-http", "api-key", "timeout", "request-timeout", "max-retries",
            "requests-per-second", "max-pages");
    assertThat(provider.options()).filteredOn(OptionSpec::secret).extracting(OptionSpec::name).containsExactly("api-key");
    assertThat(provider.options()).allSatisfy(option -> assertThat(option.description()).isNotBlank());
  }

  @ParameterizedTest
  @EnumSource(TronNetwork.class)
  void makesAVerifierForEachNetworkWithoutAskingAnybody(TronNetwork network) {
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.NETWORK, network.id());
    try (PaymentVerifier verifier = provider.create(VerifierContext.of(options))) {
      assertThat(verifier).isNotNull();
    }
    assertThat(network.baseUrl().getScheme()).isEqualTo("https");
    assertThat(TronNetwork.of(network.id())).contains(network);
    assertThat(provider.asset("USDT", OptionalInt.empty(), options)).isEqualTo(network.usdt());
    assertThat(network.usdt().decimals()).isEqualTo(6);
  }

  @Test
  void theMainNetworkIsTheDefault() {
    assertThat(provider.asset("USDT", OptionalInt.empty(), VerifierOptions.none())).isEqualTo(Asset.USDT_TRC20);
    assertThat(provider.asset("TRX", OptionalInt.empty(), VerifierOptions.none())).isEqualTo(Asset.TRX);
    assertThat(TronNetwork.of("MAINNET")).isEmpty();
  }

  @Test
  void theTokensOfTheNetworksDiffer() {
    assertThat(TronNetwork.NILE.usdt().isSameToken(Asset.USDT_TRC20)).isFalse();
    assertThat(TronNetwork.SHASTA.usdt().isSameToken(TronNetwork.NILE.usdt())).isFalse();
  }

  @Test
  void anyOtherTokenIsItsContractWithItsDecimals() {
    Asset token = provider.asset("TXL6rJbvmjD46zeN1JssfgxvSo99qC8MRT", OptionalInt.of(18), VerifierOptions.none());
    assertThat(token).isEqualTo(new Asset("tron", "TRC20", "TXL6rJbvmjD46zeN1JssfgxvSo99qC8MRT", 18));
    assertThat(provider.asset("41a614f803b6fd780986a42c78ec9c7f77e6ded13c", OptionalInt.of(6), VerifierOptions.none()))
        .isEqualTo(Asset.USDT_TRC20);
    assertThatThrownBy(() -> provider.asset(Fixtures.USDT, OptionalInt.of(8), VerifierOptions.none()))
        .hasMessageContaining("decimals 8: expected 6");
  }

  @ParameterizedTest
  @CsvSource({
    "USDT, 6, are known",
    "TRX, 6, are known",
    "usdt, , expected USDT",
    "TON, , expected USDT",
    "U S D T, , expected USDT",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T, 6, expected USDT",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, , expected its decimals",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, -1, decimals",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, 78, decimals"
  })
  void refusesOtherAssets(String name, Integer decimals, String message) {
    OptionalInt optional = decimals == null ? OptionalInt.empty() : OptionalInt.of(decimals);
    assertThatThrownBy(() -> provider.asset(name, optional, VerifierOptions.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "network, moon",
    "network, MAINNET",
    "network, ''",
    "requests-per-second, 0",
    "requests-per-second, 1001",
    "requests-per-second, many",
    "max-pages, 0",
    "max-pages, 10001",
    "max-retries, -1",
    "max-retries, 101",
    "timeout, 30",
    "timeout, PT0S",
    "timeout, PT2H",
    "request-timeout, PT-1S",
    "allow-http, yes",
    "base-url, http://api.trongrid.io",
    "base-url, 'not a url'"
  })
  void refusesOptionsOutOfRangeAndNamesThem(String name, String value) {
    VerifierOptions options = VerifierOptions.none().with(name, value);
    assertThatThrownBy(() -> provider.create(VerifierContext.of(options)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(name);
  }

  @Test
  void refusesAnUnknownOption() {
    VerifierOptions options = VerifierOptions.none().with("api_key", "secret-value");
    assertThatThrownBy(() -> PaymentVerifiers.load("tron", options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("api_key")
        .hasMessageNotContaining("secret-value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\nbreak", "k\u00e9y"})
  void row68_refusesAKeyThatCannotStandInAHeaderWithoutShowingIt(String key) {
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.API_KEY, key);
    assertThatThrownBy(() -> provider.create(VerifierContext.of(options)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyKeyIsNone(String key) {
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.API_KEY, key);
    try (PaymentVerifier verifier = provider.create(VerifierContext.of(options))) {
      assertThat(verifier).isNotNull();
    }
  }
}
