package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.testkit.ManualTicker;
import io.x0tta6bl4.simulator.ton.ScriptedTonApi;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the verifier against a {@link ScriptedTonApi}; nothing in them waits. */
abstract class ScriptedTest {

  static final String ORDER = "ORD-1001";
  static final String MERCHANT = Fixtures.MERCHANT;
  static final String PAYER = Fixtures.PAYER;
  static final Clock CLOCK = Clock.fixed(Fixtures.NOW, ZoneOffset.UTC);
  static final Instant RECENTLY = Fixtures.NOW.minusSeconds(600);

  /** One server for all tests of this JVM: starting one takes longer than most tests. */
  private static final AtomicReference<List<ScriptedTransaction>> CURRENT = new AtomicReference<>(List.of());

  private static final ScriptedTonApi API = ScriptedTonApi.start(CLOCK, CURRENT::get);

  /** What is on the chain. */
  final List<ScriptedTransaction> chain = new CopyOnWriteArrayList<>();

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ManualTicker ticker = new ManualTicker();

  @BeforeEach
  final void takeTheServer() {
    API.reset();
    CURRENT.set(chain);
  }

  @AfterEach
  final void closeAll() throws Exception {
    Thread.interrupted();
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  final ScriptedTonApi api() {
    return API;
  }

  final ManualTicker ticker() {
    return ticker;
  }

  /** Makes a verifier with the real provider; it is closed behind the test. */
  final PaymentVerifier verifier(String... options) {
    VerifierOptions all =
        API.options(
            VerifierOptions.none()
                .with(VerifierOptions.MAX_RETRIES, "0")
                .with(VerifierOptions.REQUESTS_PER_SECOND, "1000"));
    for (int i = 0; i < options.length; i += 2) {
      all = all.with(options[i], options[i + 1]);
    }
    PaymentVerifier verifier =
        PaymentVerifiers.load("ton", VerifierContext.of(all, CLOCK, ticker), ScriptedTest.class.getClassLoader());
    open.add(verifier);
    return verifier;
  }

  static Amount usdt(String value) {
    return Amount.of(Asset.USDT_JETTON, new BigDecimal(value));
  }

  static Amount ton(String value) {
    return Amount.of(Asset.TON, new BigDecimal(value));
  }

  /** Starts a payment of the payer to the merchant, ten minutes ago, with the order's id. */
  static ScriptedTransaction pays(Amount amount) {
    return ScriptedTransaction.of(PAYER, MERCHANT, amount).at(RECENTLY).memo(ORDER);
  }

  /** Starts a payment of 25 of an asset. */
  static ScriptedTransaction pays(Asset asset) {
    return pays(Amount.of(asset, new BigDecimal("25")));
  }

  /** Starts the usual request, without a tolerance. */
  static PaymentRequest.Builder order(String id, Amount amount) {
    return PaymentRequest.builder(id, MERCHANT, amount).tolerance(BigDecimal.ZERO);
  }

  /** Makes the usual request: 25 of an asset for ORD-1001, without a tolerance. */
  static PaymentRequest order(Asset asset) {
    return order(ORDER, Amount.of(asset, new BigDecimal("25"))).build();
  }

  final Verification scan(PaymentRequest request) {
    return verifier().verify(request);
  }

  final Verification byHash(PaymentRequest request, ScriptedTransaction transaction) {
    return verifier().verify(request, transaction.hash());
  }

  static Verification.Verified assertVerified(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.Verified.class);
    return (Verification.Verified) verdict;
  }

  static Verification.Rejected assertRejected(Verification verdict, Reason reason) {
    assertThat(verdict).isInstanceOf(Verification.Rejected.class);
    Verification.Rejected rejected = (Verification.Rejected) verdict;
    assertThat(rejected.reason()).isEqualTo(reason);
    return rejected;
  }

  static void assertNotFound(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.NotFound.class);
  }

  static Verification.Pending assertPending(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.Pending.class);
    return (Verification.Pending) verdict;
  }

  static Verification.Incomplete assertIncomplete(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.Incomplete.class);
    return (Verification.Incomplete) verdict;
  }

  static Verification.Unavailable assertUnavailable(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
    return (Verification.Unavailable) verdict;
  }
}
