package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.TransferSource;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
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

/** Tests of the verifier against a {@link ScriptedTronGrid}; nothing in them waits. */
abstract class ScriptedTest {

  static final String ORDER = "ORD-1001";
  static final String MERCHANT = Fixtures.MERCHANT;
  static final String PAYER = Fixtures.PAYER;
  static final Clock CLOCK = Clock.fixed(Fixtures.NOW, ZoneOffset.UTC);
  static final Instant RECENTLY = Fixtures.NOW.minusSeconds(600);

  /** What is on the chain. */
  final List<ScriptedTransaction> chain = new CopyOnWriteArrayList<>();

  private final List<AutoCloseable> open = new ArrayList<>();
  /** One server for all tests of this JVM: starting one takes longer than most tests. */
  private static final AtomicReference<List<ScriptedTransaction>> CURRENT = new AtomicReference<>(List.of());

  private static final ScriptedTronGrid GRID = ScriptedTronGrid.start(CLOCK, CURRENT::get);

  private final VirtualTicker ticker = new VirtualTicker();


  @BeforeEach
  final void takeTheServer() {
    GRID.reset();
    CURRENT.set(chain);
  }

  @AfterEach
  final void closeAll() throws Exception {
    Thread.interrupted();
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  final ScriptedTronGrid grid() {
    return GRID;
  }

  final VirtualTicker ticker() {
    return ticker;
  }

  /** Makes a verifier with the real provider; it is closed behind the test. */
  final PaymentVerifier verifier(String... options) {
    PaymentVerifier verifier = PaymentVerifiers.load("tron", context(options), ScriptedTest.class.getClassLoader());
    open.add(verifier);
    return verifier;
  }

  /** Makes a source with the real provider. */
  final TransferSource source(String... options) {
    return PaymentVerifiers.source("tron", context(options), ScriptedTest.class.getClassLoader());
  }

  private VerifierContext context(String... options) {
    VerifierOptions all = GRID.options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "0"));
    for (int i = 0; i < options.length; i += 2) {
      all = all.with(options[i], options[i + 1]);
    }
    return VerifierContext.of(all, CLOCK, ticker);
  }

  static Amount usdt(String value) {
    return Amount.of(Asset.USDT_TRC20, new BigDecimal(value));
  }

  static Amount trx(String value) {
    return Amount.of(Asset.TRX, new BigDecimal(value));
  }

  /** Starts a transfer of USDT from the payer to the merchant, ten minutes ago, with the order's id. */
  static ScriptedTransaction pays(String value) {
    return ScriptedTransaction.transfer(PAYER, MERCHANT, usdt(value)).at(RECENTLY).memo(ORDER);
  }

  /** Starts the usual request, without a tolerance. */
  static PaymentRequest.Builder order(String id, Amount amount) {
    return PaymentRequest.builder(id, MERCHANT, amount).tolerance(BigDecimal.ZERO);
  }

  /** Makes the usual request: 25 USDT for ORD-1001, without a tolerance. */
  static PaymentRequest order() {
    return order(ORDER, usdt("25")).build();
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
