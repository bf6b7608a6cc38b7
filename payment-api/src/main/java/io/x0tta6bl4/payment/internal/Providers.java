package io.x0tta6bl4.payment.internal;

import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.OptionSpec;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds providers by their id, and says plainly what is wrong where there is not exactly one. */
public final class Providers {

  private static final Map<String, String> KNOWN_ARTEFACTS =
      Map.of("tron", "io.x0tta6bl4:payment-tron", "ton", "io.x0tta6bl4:payment-ton");

  private Providers() {}

  /**
   * Finds the one provider of an id.
   *
   * @param id the id
   * @param loader where to look
   * @return the provider
   * @throws IllegalArgumentException if there is none, or more than one
   */
  public static PaymentVerifierProvider find(String id, ClassLoader loader) {
    List<PaymentVerifierProvider> matching = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    Error broken = null;
    Iterator<PaymentVerifierProvider> all = ServiceLoader.load(PaymentVerifierProvider.class, loader).iterator();
    // A provider that cannot be built must not hide the others; it is told as the cause if none is found.
    while (true) {
      try {
        if (!all.hasNext()) {
          break;
        }
        PaymentVerifierProvider provider = all.next();
        ids.add(provider.id());
        if (provider.id().equals(id)) {
          matching.add(provider);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        if (broken == null) {
          broken = e;
        } else {
          broken.addSuppressed(e);
        }
      }
    }
    if (matching.size() == 1) {
      return matching.get(0);
    }
    throw matching.isEmpty() ? missing(id, ids, broken) : ambiguous(id, matching);
  }

  /**
   * Refuses options that the provider does not know.
   *
   * @param provider the provider
   * @param options what it is to be made with
   * @throws ConfigurationException if a name is unknown
   */
  public static void checkNames(PaymentVerifierProvider provider, VerifierOptions options) {
    Set<String> known = provider.options().stream().map(OptionSpec::name).collect(Collectors.toCollection(TreeSet::new));
    for (String name : options.names()) {
      if (!known.contains(name)) {
        throw new ConfigurationException(name, null, "one of " + known + " for provider '" + provider.id() + "'");
      }
    }
  }

  private static IllegalArgumentException missing(
      String id, Set<String> ids, @Nullable Error broken) {
    String artefact = KNOWN_ARTEFACTS.get(id);
    String remedy =
        artefact != null
            ? "add the artefact " + artefact + " to the class path or module path"
            : "add the artefact that provides it to the class path or module path";
    return new IllegalArgumentException(
        "no payment verifier provider '" + id + "': " + remedy + "; found " + (ids.isEmpty() ? "none" : ids), broken);
  }

  private static IllegalArgumentException ambiguous(String id, List<PaymentVerifierProvider> matching) {
    String places =
        matching.stream().map(p -> p.getClass().getName() + " (" + place(p) + ")").collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "more than one payment verifier provider '" + id + "': expected exactly one of " + places);
  }

  private static String place(PaymentVerifierProvider provider) {
    CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null ? "unknown place" : source.getLocation().toString();
  }
}
