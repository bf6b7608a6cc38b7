package io.x0tta6bl4.example.shop;

import io.x0tta6bl4.example.settings.Settings;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.spi.ActivityFeed;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The chains that orders are taken on. Thread-safe. */
final class Chains implements AutoCloseable {

  private final Map<String, Chain> byNetwork = new LinkedHashMap<>();

  private record Chain(
      PaymentVerifierProvider provider, VerifierContext context, TransferSource source, String wallet) {}

  private Chains() {}

  static Chains open(List<Settings.Chain> settings, Clock clock, PaymentObserver observer) throws StartException {
    Chains chains = new Chains();
    for (Settings.Chain chain : settings) {
      try {
        PaymentVerifierProvider provider =
            PaymentVerifiers.provider(chain.network(), Chains.class.getClassLoader());
        VerifierContext context = VerifierContext.of(chain.options(), clock).observedBy(observer);
        TransferSource source = provider.source(context);
        // In the map before its wallet is checked, so that it is closed if that is wrong.
        chains.byNetwork.put(chain.network(), new Chain(provider, context, source, chain.wallet()));
        String wallet = source.canonicalAddress(chain.wallet());
        chains.byNetwork.put(chain.network(), new Chain(provider, context, source, wallet));
      } catch (IllegalArgumentException e) {
        chains.close();
        throw StartException.settings(chain.network().toUpperCase(Locale.ROOT) + "_WALLET or its provider's settings", e);
      }
    }
    return chains;
  }

  List<TransferSource> sources() {
    return byNetwork.values().stream().map(Chain::source).toList();
  }

  Map<String, String> wallets() {
    Map<String, String> wallets = new LinkedHashMap<>();
    byNetwork.forEach((network, chain) -> wallets.put(network, chain.wallet()));
    return wallets;
  }

  /**
   * An asset by the word for it.
   *
   * @param network of these
   * @param name such as USDT
   * @return the asset
   * @throws IllegalArgumentException if there is none
   */
  Asset asset(String network, String name) {
    Chain chain = byNetwork.get(network);
    if (chain == null) {
      throw new IllegalArgumentException("network '" + network + "': expected one of " + byNetwork.keySet());
    }
    return chain.provider().asset(name, OptionalInt.empty(), chain.context().options());
  }

  /**
   * Begins to listen to what providers push.
   *
   * @param listener hears of it
   * @return to be closed
   */
  List<ActivityFeed> listen(ActivityFeed.Listener listener) {
    List<ActivityFeed> feeds = new ArrayList<>();
    for (Chain chain : byNetwork.values()) {
      chain.provider().activity(chain.context(), Set.of(chain.wallet()), listener).ifPresent(feeds::add);
    }
    return feeds;
  }

  @Override
  public void close() {
    byNetwork.values().forEach(chain -> chain.source().close());
  }
}
