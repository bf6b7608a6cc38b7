package io.x0tta6bl4.payment;

import io.x0tta6bl4.payment.internal.Providers;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.util.Objects;

/**
 * The entry: makes a verifier for a chain by its provider's id.
 *
 * <p>Providers are found by {@link java.util.ServiceLoader}: add {@code payment-tron} for {@code tron},
 * {@code payment-ton} for {@code ton}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PaymentVerifiers {

  private PaymentVerifiers() {}

  /**
   * Makes a verifier. Does no I/O and starts no thread.
   *
   * @param id the provider's id, for instance {@code tron}
   * @param options its settings
   * @return a verifier; the caller closes it
   * @throws IllegalArgumentException if no provider, or more than one, has this id; the message says what to do
   * @throws ConfigurationException if an option is unknown or out of range
   */
  public static PaymentVerifier load(String id, VerifierOptions options) {
    return load(id, VerifierContext.of(options), loader());
  }

  /**
   * Makes a verifier with its own clock and the like. Does no I/O and starts no thread.
   *
   * @param id the provider's id, for instance {@code tron}
   * @param context its settings and surroundings
   * @param loader where providers are looked for
   * @return a verifier; the caller closes it
   * @throws IllegalArgumentException if no provider, or more than one, has this id; the message says what to do
   * @throws ConfigurationException if an option is unknown or out of range
   */
  public static PaymentVerifier load(String id, VerifierContext context, ClassLoader loader) {
    PaymentVerifierProvider provider = provider(id, loader);
    Providers.checkNames(provider, context.options());
    return provider.create(context);
  }

  /**
   * Makes a source of transfers, as a {@code PaymentWatcher} needs it. Does no I/O and starts no thread.
   *
   * @param id the provider's id, for instance {@code tron}
   * @param options its settings
   * @return a source; the caller closes it
   * @throws IllegalArgumentException if no provider, or more than one, has this id; the message says what to do
   * @throws ConfigurationException if an option is unknown or out of range
   */
  public static TransferSource source(String id, VerifierOptions options) {
    return source(id, VerifierContext.of(options), loader());
  }

  /**
   * Makes a source of transfers with its own clock and the like. Does no I/O and starts no thread.
   *
   * @param id the provider's id, for instance {@code tron}
   * @param context its settings and surroundings
   * @param loader where providers are looked for
   * @return a source; the caller closes it
   * @throws IllegalArgumentException if no provider, or more than one, has this id; the message says what to do
   * @throws ConfigurationException if an option is unknown or out of range
   */
  public static TransferSource source(String id, VerifierContext context, ClassLoader loader) {
    PaymentVerifierProvider provider = provider(id, loader);
    Providers.checkNames(provider, context.options());
    return provider.source(context);
  }

  /**
   * Finds a provider, for instance to ask which assets it serves.
   *
   * @param id the provider's id
   * @param loader where providers are looked for
   * @return the provider
   * @throws IllegalArgumentException if no provider, or more than one, has this id; the message says what to do
   */
  public static PaymentVerifierProvider provider(String id, ClassLoader loader) {
    return Providers.find(id, loader);
  }

  private static ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return Objects.requireNonNullElse(ofThread, ClassLoader.getSystemClassLoader());
  }
}
