package io.x0tta6bl4.payment;

import io.x0tta6bl4.payment.http.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a verifier: a typed view on strings, so that they may come from a file, from the environment or from code.
 *
 * <p>The names below are those that every provider of this project knows; a provider lists its own in
 * {@link io.x0tta6bl4.payment.spi.PaymentVerifierProvider#options()}. Immutable and thread-safe. {@link #toString()} gives
 * names only: a value may be secret.
 *
 * @since 0.1.0
 */
public final class VerifierOptions {

  /** Where the provider answers, {@code https://host[:port][/path]}; by default its public service. */
  public static final String BASE_URL = "base-url";

  /** Whether {@code http://} is accepted in {@link #BASE_URL}, for loopback hosts only; {@code false} by default. */
  public static final String ALLOW_HTTP = "allow-http";

  /** The provider's API key; none by default. */
  public static final String API_KEY = "api-key";

  /** Which network of the chain, for instance {@code mainnet} (the default) or {@code nile}. */
  public static final String NETWORK = "network";

  /** How long one call may take until there is a verdict, ISO-8601; {@code PT30S} by default. */
  public static final String TIMEOUT = "timeout";

  /** How long one HTTP request may take, ISO-8601; {@code PT10S} by default. */
  public static final String REQUEST_TIMEOUT = "request-timeout";

  /** How often a failed request is sent again, 0 to 100; 5 by default. */
  public static final String MAX_RETRIES = "max-retries";

  /** How many requests a second are sent with one key, 1 to 1000; the provider's documented limit by default. */
  public static final String REQUESTS_PER_SECOND = "requests-per-second";

  /** How many pages one scan reads at the most, 1 to 10000; 50 by default. */
  public static final String MAX_PAGES = "max-pages";

  private static final VerifierOptions NONE = new VerifierOptions(Map.of());

  private final Map<String, String> values;

  private VerifierOptions(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Gives the defaults.
   *
   * @return options without any value
   */
  public static VerifierOptions none() {
    return NONE;
  }

  /**
   * Takes settings by name.
   *
   * @param values names and values
   * @return the options; which names exist is checked when a verifier is made
   */
  public static VerifierOptions of(Map<String, String> values) {
    return new VerifierOptions(values);
  }

  /**
   * Adds or replaces a value.
   *
   * @param name the option
   * @param value its value
   * @return new options
   */
  public VerifierOptions with(String name, String value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(name, value);
    return new VerifierOptions(more);
  }

  /**
   * Gives the names that have a value.
   *
   * @return the names, sorted
   */
  public Set<String> names() {
    return new TreeSet<>(values.keySet());
  }

  /**
   * Reads a text.
   *
   * @param name the option
   * @return its value, if there is one
   */
  public Optional<String> string(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * Reads a secret.
   *
   * @param name the option
   * @return its value, if there is one that is not blank
   * @throws ConfigurationException if it has a character that no HTTP header may carry
   */
  public Optional<Secret> secret(String name) {
    Optional<String> value = string(name).map(String::strip).filter(s -> !s.isEmpty());
    Optional<Secret> secret = value.map(Secret::of);
    if (secret.isPresent() && !secret.get().isVisibleAscii()) {
      throw new ConfigurationException(name, null, "visible ASCII characters only (the value is not shown)");
    }
    return secret;
  }

  /**
   * Reads a whole number.
   *
   * @param name the option
   * @param least smallest value
   * @param most largest value
   * @param otherwise the value where none is given
   * @return the value
   * @throws ConfigurationException if it is no whole number from {@code least} to {@code most}
   */
  public int integer(String name, int least, int most, int otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with the range.
    }
    throw new ConfigurationException(name, text, "a whole number from " + least + " to " + most);
  }

  /**
   * Reads a duration.
   *
   * @param name the option
   * @param otherwise the value where none is given
   * @return more than 0, at most an hour
   * @throws ConfigurationException if it is no ISO-8601 duration in that range
   */
  public Duration duration(String name, Duration otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    Duration value = parsed(text);
    if (value == null || value.isNegative() || value.isZero() || value.compareTo(Duration.ofHours(1)) > 0) {
      throw new ConfigurationException(name, text, "an ISO-8601 duration above PT0S, at most PT1H");
    }
    return value;
  }

  /**
   * Reads a switch.
   *
   * @param name the option
   * @param otherwise the value where none is given
   * @return the value
   * @throws ConfigurationException if it is neither {@code true} nor {@code false}
   */
  public boolean bool(String name, boolean otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigurationException(name, text, "true or false");
    };
  }

  /**
   * Reads an address.
   *
   * @param name the option
   * @param otherwise the value where none is given
   * @return the address
   * @throws ConfigurationException if it is no URI
   */
  public URI uri(String name, URI otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      // User information and queries may hold a secret.
      throw new ConfigurationException(name, text.matches(".*[@?].*") ? null : text, "a URL such as " + otherwise);
    }
  }

  /** Gives the names of the options that are set; no value, since any may be secret. */
  @Override
  public String toString() {
    return "VerifierOptions" + names();
  }

  private static @Nullable Duration parsed(String text) {
    try {
      return Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
