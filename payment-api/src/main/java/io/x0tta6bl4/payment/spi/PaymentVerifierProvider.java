package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.VerifierOptions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes sources and verifiers for one chain; found by {@link java.util.ServiceLoader}.
 *
 * <p>An artefact declares it twice: {@code provides} in {@code module-info.java} and a line in {@code META-INF/services}, for
 * users on the class path. Stateless, with a public constructor without parameters.
 *
 * @since 0.1.0
 */
public interface PaymentVerifierProvider {

  /**
   * Gives the provider's id, which is also the chain id of its assets.
   *
   * @return {@code [a-z0-9-]+}, for instance {@code tron}
   */
  String id();

  /**
   * Lists the options that {@link #create} knows.
   *
   * @return names and descriptions
   */
  Set<OptionSpec> options();

  /**
   * Finds an asset by what a person calls it.
   *
   * @param name a symbol that the provider pins, for instance {@code USDT}, or the contract of any token of the chain
   * @param decimals of the token; only with a contract, and then needed
   * @param options the settings, of which the network matters here
   * @return the asset
   * @throws IllegalArgumentException if there is no such asset; the message names what was expected
   */
  Asset asset(String name, OptionalInt decimals, VerifierOptions options);

  /**
   * Makes a source. Does no I/O and starts no thread.
   *
   * @param context settings and surroundings
   * @return a source; the caller closes it
   * @throws io.x0tta6bl4.payment.ConfigurationException if an option is out of range
   */
  TransferSource source(VerifierContext context);

  /**
   * Makes a verifier: the source and the shared rules. Does no I/O and starts no thread.
   *
   * @param context settings and surroundings
   * @return a verifier; the caller closes it
   * @throws io.x0tta6bl4.payment.ConfigurationException if an option is out of range
   */
  default PaymentVerifier create(VerifierContext context) {
    return TransferSourceVerifier.of(source(context), context);
  }

  /**
   * Starts to listen for activity on wallets, where the provider can push.
   *
   * @param context settings and surroundings, as for {@link #create}
   * @param wallets addresses in any spelling, at least one
   * @param listener hears the hints
   * @return a feed that the caller closes; empty if the provider cannot push, or not with these settings
   * @throws IllegalArgumentException if a wallet is no address
   * @throws io.x0tta6bl4.payment.ConfigurationException if an option is out of range
   */
  default Optional<ActivityFeed> activity(
      VerifierContext context, Set<String> wallets, ActivityFeed.Listener listener) {
    return Optional.empty();
  }
}
