package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.spi.OptionSpec;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.tron.internal.TronAddress;
import io.x0tta6bl4.payment.tron.internal.TronGrid;
import io.x0tta6bl4.payment.tron.internal.TronTransferSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The provider {@code tron}: TRX, USDT and any TRC20 token, through TronGrid.
 *
 * @since 0.1.0
 */
public final class TronVerifierProvider implements PaymentVerifierProvider {

  /** With a key TronGrid lets 15 requests through in a second; without one it is dynamic, and stricter. */
  private static final int REQUESTS_WITH_KEY = 15;

  private static final int REQUESTS_WITHOUT_KEY = 5;
  private static final int DEFAULT_PAGES = 50;

  /** Makes the provider; {@link java.util.ServiceLoader} does. */
  public TronVerifierProvider() {}

  @Override
  public String id() {
    return "tron";
  }

  @Override
  public Set<OptionSpec> options() {
    return Set.of(
        OptionSpec.of(VerifierOptions.NETWORK, "mainnet, nile or shasta; default mainnet"),
        OptionSpec.of(VerifierOptions.BASE_URL, "TronGrid's URL; default that of the network"),
        OptionSpec.of(VerifierOptions.ALLOW_HTTP, "true to accept http:// to a loopback host; default false"),
        new OptionSpec(VerifierOptions.API_KEY, "TronGrid API key; default none", true),
        OptionSpec.of(VerifierOptions.TIMEOUT, "time until there is a verdict, ISO-8601; default PT30S"),
        OptionSpec.of(VerifierOptions.REQUEST_TIMEOUT, "time for one HTTP request, ISO-8601; default PT10S"),
        OptionSpec.of(VerifierOptions.MAX_RETRIES, "how often a failed request is sent again, 0 to 100; default 5"),
        OptionSpec.of(
            VerifierOptions.REQUESTS_PER_SECOND,
            "1 to 1000; default " + REQUESTS_WITH_KEY + " with a key, " + REQUESTS_WITHOUT_KEY + " without"),
        OptionSpec.of(
            VerifierOptions.MAX_PAGES, "pages of 200 that one scan reads, 1 to 10000; default " + DEFAULT_PAGES));
  }

  @Override
  public Asset asset(String name, OptionalInt decimals, VerifierOptions options) {
    TronNetwork network = network(options);
    Asset pinned = name.equals("USDT") ? network.usdt() : name.equals("TRX") ? Asset.TRX : null;
    if (pinned != null) {
      if (decimals.isPresent()) {
        throw new IllegalArgumentException(
            "decimals " + decimals.getAsInt() + ": expected none, since those of " + name + " are known");
      }
      return pinned;
    }
    String contract;
    try {
      contract = TronAddress.parse(name).toBase58();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "asset '" + name + "': expected USDT, TRX or the address of a TRC20 contract", e);
    }
    if (decimals.isEmpty()) {
      throw new IllegalArgumentException("asset '" + name + "': expected its decimals beside the contract");
    }
    if (!contract.equals(network.usdt().contract())) {
      return new Asset("tron", "TRC20", contract, decimals.getAsInt());
    }
    if (decimals.getAsInt() != network.usdt().decimals()) {
      throw new IllegalArgumentException(
          "decimals " + decimals.getAsInt() + ": expected " + network.usdt().decimals() + ", those of USDT");
    }
    return network.usdt();
  }

  @Override
  public TransferSource source(VerifierContext context) {
    VerifierOptions options = context.options();
    TronNetwork network = network(options);
    Secret key = options.secret(VerifierOptions.API_KEY).orElse(null);
    int perSecond =
        options.integer(
            VerifierOptions.REQUESTS_PER_SECOND, 1, 1000, key == null ? REQUESTS_WITHOUT_KEY : REQUESTS_WITH_KEY);
    ApiClient client =
        TronGrid.client(options.uri(VerifierOptions.BASE_URL, network.baseUrl()))
            .options(options)
            .key(TronGrid.KEY_HEADER, "", key)
            .limit(perSecond, Duration.ofSeconds(1))
            .ticker(context.ticker())
            .observer(context.observer())
            .build();
    int pages = options.integer(VerifierOptions.MAX_PAGES, 1, 10_000, DEFAULT_PAGES);
    return new TronTransferSource(new TronGrid(client), context.clock(), pages);
  }

  private static TronNetwork network(VerifierOptions options) {
    String id = options.string(VerifierOptions.NETWORK).orElse(TronNetwork.MAINNET.id());
    return TronNetwork.of(id)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    VerifierOptions.NETWORK,
                    id,
                    "one of "
                        + Arrays.stream(TronNetwork.values()).map(TronNetwork::id).collect(Collectors.joining(", "))));
  }
}
