package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.RateLimiter;
import io.x0tta6bl4.payment.spi.OptionSpec;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TonVerifierProviderTest {

  private static final String USDT_EQ = "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs";
  private static final VerifierOptions TESTNET = VerifierOptions.none().with(VerifierOptions.NETWORK, "testnet");

  private final TonVerifierProvider provider = new TonVerifierProvider();

  @Test
  void isFoundByItsId() {
    assertThat(PaymentVerifiers.provider("ton", TonVerifierProviderTest.class.getClassLoader()))
        .isInstanceOf(TonVerifierProvider.class);
    assertThat(provider.id()).isEqualTo("ton");
  }

  @Test
  void namesItsOptionsAndOnlyTheKeyIsSecret() {
    assertThat(provider.options()).extracting(OptionSpec::name)
        .contains(
            "network", "base-url", "allow-http", "api-key", "timeout", "request-timeout", "max-retries",
            "requests-per-second", "max-pages");
    assertThat(provider.options()).filteredOn(OptionSpec::secret).extracting(OptionSpec::name).containsExactly("api-key");
    assertThat(provider.options()).allSatisfy(option -> assertThat(option.description()).isNotBlank());
  }

  @ParameterizedTest
  @EnumSource(TonNetwork.class)
  void makesAVerifierForEachNetworkWithoutAskingAnybody(TonNetwork network) {
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.NETWORK, network.id());
    try (PaymentVerifier verifier = provider.create(VerifierContext.of(options))) {
      assertThat(verifier).isNotNull();
    }
    assertThat(network.baseUrl().getScheme()).isEqualTo("https");
    assertThat(TonNetwork.of(network.id())).contains(network);
    assertThat(TonNetwork.of("MAINNET")).isEmpty();
  }

  @Test
  void theAssetsOfTheMainNetworkAreKnown() {
    VerifierOptions none = VerifierOptions.none();
    assertThat(provider.asset("TON", OptionalInt.empty(), none)).isEqualTo(Asset.TON);
    assertThat(provider.asset("USDT", OptionalInt.empty(), none)).isEqualTo(Asset.USDT_JETTON);
    assertThat(provider.asset(USDT_EQ, OptionalInt.of(6), none)).isEqualTo(Asset.USDT_JETTON);
    assertThatThrownBy(() -> provider.asset(USDT_EQ, OptionalInt.of(8), none)).hasMessageContaining("decimals 8: expected 6");
    assertThat(provider.asset(Fixtures.FAKE_USDT, OptionalInt.of(9), none))
        .isEqualTo(new Asset("ton", "JETTON", Fixtures.FAKE_USDT, 9));
    assertThat(provider.asset("TON", OptionalInt.empty(), TESTNET)).isEqualTo(Asset.TON);
  }

  @ParameterizedTest
  @CsvSource({"TON, 9, are known", "USDT, 6, are known", "TRX, , expected", "ton, , expected", "../x, 6, expected"})
  void otherAssetsAreRefused(String name, Integer decimals, String message) {
    OptionalInt given = decimals == null ? OptionalInt.empty() : OptionalInt.of(decimals);
    assertThatThrownBy(() -> provider.asset(name, given, VerifierOptions.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aMasterNeedsItsDecimalsAndTheTestNetworkHasNoUsdt() {
    assertThatThrownBy(() -> provider.asset(USDT_EQ, OptionalInt.empty(), VerifierOptions.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decimals");
    assertThatThrownBy(() -> provider.asset("USDT", OptionalInt.empty(), TESTNET)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "network, nile", "requests-per-second, 0", "requests-per-second, 1001", "max-pages, 0", "max-pages, 10001",
    "base-url, http://tonapi.io", "timeout, soon", "max-retries, -1"
  })
  void anOptionOutOfRangeIsRefusedByName(String name, String value) {
    VerifierOptions options = VerifierOptions.none().with(name, value);
    assertThatThrownBy(() -> provider.create(VerifierContext.of(options)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(name);
  }

  @Test
  void toListenLeavesTheLimitOfRequestsToTheVerifier() throws InterruptedException {
    URI url = URI.create("https://listened.example");
    VerifierContext context = VerifierContext.of(VerifierOptions.none().with(VerifierOptions.BASE_URL, url.toString()));
    assertThat(provider.activity(context, Set.of(Fixtures.MERCHANT), wallet -> {})).isEmpty();
    try (PaymentVerifier verifier = provider.create(context)) {
      assertThat(verifier).isNotNull();
    }
    RateLimiter limiter = RateLimiter.shared(url, null, 1000, Duration.ofSeconds(1), context.ticker());
    limiter.acquire("ton", Deadline.after(Duration.ofSeconds(1), context.ticker()));
    assertThatThrownBy(() -> limiter.acquire("ton", Deadline.after(Duration.ofSeconds(1), context.ticker())))
        .isInstanceOf(RateLimitedException.class);
  }

  @Test
  void aUrlThatTheVerifierRefusesIsNotListenedToEither() {
    VerifierContext context = VerifierContext.of(VerifierOptions.none().with(VerifierOptions.BASE_URL, "http://tonapi.io"));
    assertThatThrownBy(() -> provider.activity(context, Set.of(Fixtures.MERCHANT), wallet -> {}))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("base-url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "line\nbreak", "k\u00e9y"})
  void row68_refusesAKeyThatCannotStandInAHeaderWithoutShowingIt(String key) {
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.API_KEY, key);
    assertThatThrownBy(() -> provider.create(VerifierContext.of(options)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining(key);
  }
}
