package io.x0tta6bl4.payment.ton;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.spi.ActivityFeed;
import io.x0tta6bl4.payment.spi.OptionSpec;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.ton.internal.TonActivityFeed;
import io.x0tta6bl4.payment.ton.internal.TonAddress;
import io.x0tta6bl4.payment.ton.internal.TonApi;
import io.x0tta6bl4.payment.ton.internal.TonTransferSource;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The provider {@code ton}: TON, USDT and any other jetton, through tonapi.
 *
 * @since 0.1.0
 */
public final class TonVerifierProvider implements PaymentVerifierProvider {

  /** Without a key tonapi lets one request through in four seconds; the smallest paid plan allows ten a second. */
  private static final Duration WINDOW_WITHOUT_KEY = Duration.ofSeconds(4);

  private static final int REQUESTS_WITH_KEY = 10;
  private static final int DEFAULT_PAGES = 50;

  /** Makes the provider; {@link java.util.ServiceLoader} does. */
  public TonVerifierProvider() {}

  @Override
  public String id() {
    return "ton";
  }

  @Override
  public Set<OptionSpec> options() {
    return Set.of(
        OptionSpec.of(VerifierOptions.NETWORK, "mainnet or testnet; default mainnet"),
        OptionSpec.of(VerifierOptions.BASE_URL, "tonapi's URL; default that of the network"),
        OptionSpec.of(VerifierOptions.ALLOW_HTTP, "true to accept http:// to a loopback host; default false"),
        new OptionSpec(VerifierOptions.API_KEY, "tonapi key; default none", true),
        OptionSpec.of(VerifierOptions.TIMEOUT, "time until there is a verdict, ISO-8601; default PT30S"),
        OptionSpec.of(VerifierOptions.REQUEST_TIMEOUT, "time for one HTTP request, ISO-8601; default PT10S"),
        OptionSpec.of(VerifierOptions.MAX_RETRIES, "how often a failed request is sent again, 0 to 100; default 5"),
        OptionSpec.of(
            VerifierOptions.REQUESTS_PER_SECOND,
            "1 to 1000; default " + REQUESTS_WITH_KEY + " with a key, one in four seconds without"),
        OptionSpec.of(
            VerifierOptions.MAX_PAGES, "pages of 100 that one scan reads, 1 to 10000; default " + DEFAULT_PAGES));
  }

  @Override
  public Asset asset(String name, OptionalInt decimals, VerifierOptions options) {
    boolean testnet = network(options) == TonNetwork.TESTNET;
    boolean pinnedHere = name.equals("TON") || (name.equals("USDT") && !testnet);
    if (pinnedHere) {
      if (decimals.isPresent()) {
        throw new IllegalArgumentException(
            "decimals " + decimals.getAsInt() + ": expected none, since those of " + name + " are known");
      }
      return name.equals("TON") ? Asset.TON : Asset.USDT_JETTON;
    }
    String master;
    try {
      master = TonAddress.parse(name, testnet).toRaw();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "asset '" + name + "': expected " + (testnet ? "TON" : "USDT, TON") + " or the address of a jetton master", e);
    }
    if (decimals.isEmpty()) {
      throw new IllegalArgumentException("asset '" + name + "': expected its decimals beside the master");
    }
    if (!master.equals(Asset.USDT_JETTON.contract())) {
      return new Asset("ton", "JETTON", master, decimals.getAsInt());
    }
    if (decimals.getAsInt() != Asset.USDT_JETTON.decimals()) {
      throw new IllegalArgumentException(
          "decimals " + decimals.getAsInt() + ": expected " + Asset.USDT_JETTON.decimals() + ", those of USDT");
    }
    return Asset.USDT_JETTON;
  }

  @Override
  public TransferSource source(VerifierContext context) {
    VerifierOptions options = context.options();
    TonNetwork network = network(options);
    Secret key = options.secret(VerifierOptions.API_KEY).orElse(null);
    int perSecond = options.integer(VerifierOptions.REQUESTS_PER_SECOND, 1, 1000, REQUESTS_WITH_KEY);
    boolean slow = key == null && options.string(VerifierOptions.REQUESTS_PER_SECOND).isEmpty();
    ApiClient client =
        TonApi.client(options.uri(VerifierOptions.BASE_URL, network.baseUrl()))
            .options(options)
            .key("Authorization", "Bearer ", key)
            .limit(slow ? 1 : perSecond, slow ? WINDOW_WITHOUT_KEY : Duration.ofSeconds(1))
            .ticker(context.ticker())
            .observer(context.observer())
            .build();
    int pages = options.integer(VerifierOptions.MAX_PAGES, 1, 10_000, DEFAULT_PAGES);
    return new TonTransferSource(new TonApi(client), context.clock(), pages, network == TonNetwork.TESTNET);
  }

  @Override
  public Optional<ActivityFeed> activity(
      VerifierContext context, Set<String> wallets, ActivityFeed.Listener listener) {
    VerifierOptions options = context.options();
    TonNetwork network = network(options);
    // The URL is held to the same rules as that of the verifier.
    URI baseUrl =
        TonApi.client(options.uri(VerifierOptions.BASE_URL, network.baseUrl())).options(options).checkedBaseUrl();
    return options
        .secret(VerifierOptions.API_KEY)
        .map(key -> TonActivityFeed.open(baseUrl, key, wallets, network == TonNetwork.TESTNET, listener));
  }

  private static TonNetwork network(VerifierOptions options) {
    String id = options.string(VerifierOptions.NETWORK).orElse(TonNetwork.MAINNET.id());
    return TonNetwork.of(id)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    VerifierOptions.NETWORK,
                    id,
                    "one of "
                        + Arrays.stream(TonNetwork.values()).map(TonNetwork::id).collect(Collectors.joining(", "))));
  }
}
