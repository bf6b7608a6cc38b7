package io.x0tta6bl4.payment;

import io.x0tta6bl4.payment.spi.OptionSpec;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Providers as another artefact would bring them, and a class loader that lists those of a test only. */
public final class TestProviders {

  private static final String SERVICE_FILE = "META-INF/services/" + PaymentVerifierProvider.class.getName();

  private TestProviders() {}

  static ClassLoader listing(String... classNames) {
    return new ListingLoader(String.join("\n", classNames));
  }

  static ClassLoader listing(List<Class<?>> classes) {
    return listing(classes.stream().map(Class::getName).toArray(String[]::new));
  }

  /** A provider that makes verifiers which know nothing. */
  public abstract static class Sample implements PaymentVerifierProvider {
    private final String id;

    Sample(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Set<OptionSpec> options() {
      return Set.of(OptionSpec.of("network", "which"), OptionSpec.of("base-url", "where"));
    }

    @Override
    public Asset asset(String name, OptionalInt decimals, VerifierOptions options) {
      return Asset.TRX;
    }

    @Override
    public TransferSource source(VerifierContext context) {
      throw new UnsupportedOperationException("a sample reads nothing");
    }

    @Override
    public PaymentVerifier create(VerifierContext context) {
      return new SampleVerifier(context);
    }
  }

  /** A verifier that only remembers what it was made with. */
  record SampleVerifier(VerifierContext context) implements PaymentVerifier {

    @Override
    public Verification verify(PaymentRequest request, String transactionHash) {
      return new Verification.NotFound(request, List.of());
    }

    @Override
    public List<Verification> verifyAll(List<PaymentRequest> requests) {
      return requests.stream().<Verification>map(r -> new Verification.NotFound(r, List.of())).toList();
    }

    @Override
    public void close() {}
  }

  /** A provider. */
  public static final class One extends Sample {
    public One() {
      super("one");
    }
  }

  /** Another provider of the same id. */
  public static final class OtherOne extends Sample {
    public OtherOne() {
      super("one");
    }
  }

  /** A provider of another id. */
  public static final class Two extends Sample {
    public Two() {
      super("two");
    }
  }

  /** A provider that cannot be built. */
  public static final class Broken extends Sample {
    public Broken() {
      super("broken");
      throw new IllegalStateException("a library is missing");
    }
  }

  /** A provider that cannot be built for another reason. */
  public static final class Unlinked extends Sample {
    public Unlinked() {
      super("unlinked");
      throw new NoClassDefFoundError("com/example/Gone");
    }
  }

  private static final class ListingLoader extends ClassLoader {
    private final String services;

    ListingLoader(String services) {
      super(TestProviders.class.getClassLoader());
      this.services = services;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICE_FILE)
          ? Collections.enumeration(services.isEmpty() ? List.of() : List.of(file()))
          : super.getResources(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals("com.example.ExtendsWhatIsGone")) {
        throw new NoClassDefFoundError("com/example/Gone");
      }
      return super.loadClass(name, resolve);
    }

    private URL file() throws IOException {
      @SuppressWarnings("deprecation")
      URL url =
          new URL(
              null,
              "memory:services",
              new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL of) {
                  return new URLConnection(of) {
                    @Override
                    public void connect() {}

                    @Override
                    public InputStream getInputStream() {
                      return new ByteArrayInputStream(services.getBytes(StandardCharsets.UTF_8));
                    }
                  };
                }
              });
      return url;
    }
  }
}
