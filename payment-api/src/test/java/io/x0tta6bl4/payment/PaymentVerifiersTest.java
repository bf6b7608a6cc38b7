package io.x0tta6bl4.payment;

import static io.x0tta6bl4.payment.TestProviders.listing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.x0tta6bl4.payment.spi.VerifierContext;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentVerifiersTest {

  private static final VerifierContext CONTEXT = VerifierContext.of(VerifierOptions.none());

  @Test
  void findsAProviderByItsId() {
    ClassLoader loader = listing(List.of(TestProviders.One.class, TestProviders.Two.class));

    assertThat(PaymentVerifiers.provider("two", loader)).isInstanceOf(TestProviders.Two.class);
    assertThat(PaymentVerifiers.load("one", CONTEXT, loader))
        .isEqualTo(new TestProviders.SampleVerifier(CONTEXT));
  }

  @Test
  void looksInTheThreadsClassLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(listing(List.of(TestProviders.One.class)));
    try (PaymentVerifier verifier = PaymentVerifiers.load("one", VerifierOptions.none().with("network", "nile"))) {
      assertThat(((TestProviders.SampleVerifier) verifier).context().options().string("network")).contains("nile");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void looksInTheSystemsClassLoaderIfTheThreadHasNone() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PaymentVerifiers.load("nobody", VerifierOptions.none()))
          .withMessageContaining("'nobody'");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"tron, io.x0tta6bl4:payment-tron", "ton, io.x0tta6bl4:payment-ton"})
  void aMissingProviderOfOursNamesTheArtefactToAdd(String id, String artefact) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaymentVerifiers.provider(id, listing()))
        .withMessageContaining("no payment verifier provider '" + id + "'")
        .withMessageContaining(artefact)
        .withMessageContaining("found none");
  }

  @Test
  void anUnknownIdListsTheIdsFound() {
    ClassLoader loader = listing(List.of(TestProviders.Two.class, TestProviders.One.class));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaymentVerifiers.provider("three", loader))
        .withMessageContaining("'three'")
        .withMessageContaining("[one, two]");
  }

  @Test
  void twoProvidersOfOneIdAreAnErrorThatNamesBothClassesAndTheirPlaces() {
    ClassLoader loader =
        listing(List.of(TestProviders.One.class, TestProviders.Two.class, TestProviders.OtherOne.class));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaymentVerifiers.provider("one", loader))
        .withMessageContaining(TestProviders.One.class.getName() + " (file:")
        .withMessageContaining(TestProviders.OtherOne.class.getName() + " (file:")
        .withMessageNotContaining(TestProviders.Two.class.getName());
    assertThat(PaymentVerifiers.provider("two", loader).id()).isEqualTo("two");
  }

  @Test
  void aProviderThatCannotBeBuiltDoesNotHideTheOthers() {
    ClassLoader loader =
        listing(
            TestProviders.Broken.class.getName(),
            "com.example.NoSuchClass",
            TestProviders.Unlinked.class.getName(),
            String.class.getName(),
            TestProviders.One.class.getName());

    assertThat(PaymentVerifiers.provider("one", loader)).isInstanceOf(TestProviders.One.class);
  }

  @Test
  void aProviderWhoseClassCannotBeLinkedDoesNotHideTheOthers() {
    ClassLoader loader = listing("com.example.ExtendsWhatIsGone", TestProviders.One.class.getName());

    assertThat(PaymentVerifiers.provider("one", loader)).isInstanceOf(TestProviders.One.class);
  }

  @Test
  void aProviderThatCannotBeBuiltIsTheCauseIfItIsAskedFor() {
    ClassLoader loader = listing(List.of(TestProviders.Broken.class, TestProviders.Unlinked.class));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaymentVerifiers.provider("broken", loader))
        .withCauseInstanceOf(ServiceConfigurationError.class)
        .satisfies(
            e -> {
              assertThat(e.getCause()).hasMessageContaining(TestProviders.Broken.class.getName());
              assertThat(e.getCause().getSuppressed()).hasSize(1);
            });
  }

  @Test
  void anUnknownOptionIsAnErrorThatListsTheKnownOnes() {
    ClassLoader loader = listing(List.of(TestProviders.One.class));
    VerifierContext context = VerifierContext.of(VerifierOptions.none().with("netwrok", "secret-value"));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> PaymentVerifiers.load("one", context, loader))
        .withMessageContaining("'netwrok'")
        .withMessageContaining("[base-url, network]")
        .withMessageContaining("'one'")
        .withMessageNotContaining("secret-value")
        .satisfies(e -> assertThat(e.option()).isEqualTo("netwrok"));
  }
}
