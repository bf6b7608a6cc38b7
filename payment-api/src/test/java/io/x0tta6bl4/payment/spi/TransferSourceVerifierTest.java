package io.x0tta6bl4.payment.spi;

import static io.x0tta6bl4.payment.Paid.NOW;
import static io.x0tta6bl4.payment.Paid.amount;
import static io.x0tta6bl4.payment.Paid.hash;
import static io.x0tta6bl4.payment.Paid.order;
import static io.x0tta6bl4.payment.Paid.usdt;
import static io.x0tta6bl4.payment.spi.Verdicts.assertNotFound;
import static io.x0tta6bl4.payment.spi.Verdicts.assertRejected;
import static io.x0tta6bl4.payment.spi.Verdicts.assertVerified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.ManualTicker;
import io.x0tta6bl4.payment.http.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferSourceVerifierTest {

  private static PaymentRequest request(String orderId, String wallet, String value) {
    return PaymentRequest.builder(orderId, wallet, amount(value)).build();
  }

  @Nested
  class ManyOrders {

    @Test
    void getTheirVerdictsInTheirOwnOrder() {
      Transfer ofFirst = usdt(1, "1").memo("order-a").to("one").done();
      Transfer ofThird = usdt(2, "3").memo("order-c").to("one").done();
      Transfer ofSecond = usdt(3, "1").memo("order-b").to("two").done();
      FakeSource source = new FakeSource().wallet("one", ofThird, ofFirst).wallet("two", ofSecond);
      List<PaymentRequest> requests =
          List.of(
              request("order-a", "one", "1"),
              request("order-b", "two", "2"),
              request("order-c", "one", "3"),
              request("order-d", "three", "4"));

      List<Verification> verdicts = source.verifier().verifyAll(requests);

      assertThat(verdicts).extracting(Verification::request).isEqualTo(requests);
      assertVerified(verdicts.get(0), ofFirst);
      assertRejected(verdicts.get(1), Reason.UNDERPAID, ofSecond);
      assertVerified(verdicts.get(2), ofThird);
      assertNotFound(verdicts.get(3));
    }

    @Test
    void areReadWithOneScanForEachWalletAndAsset() {
      FakeSource source = new FakeSource();
      List<PaymentRequest> requests = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        requests.add(request("order-" + i, i % 2 == 0 ? "one" : "ONE", "1"));
        requests.add(request("order-" + i, "two", "1"));
      }
      requests.add(PaymentRequest.builder("order-t", "one", Amount.ofUnits(Asset.TRX, 1)).build());

      assertThat(source.verifier().verifyAll(requests)).hasSize(201);

      assertThat(source.scans).extracting(q -> q.recipient() + " " + q.asset().symbol())
          .containsExactlyInAnyOrder("one USDT", "two USDT", "one TRX");
    }

    @Test
    void ofOneWalletAreReadAsFarBackAsTheOldestNeedsAndJudgedEachByItsOwnAge() {
      Transfer old = usdt(1, "1").memo("order-a").ago(Duration.ofHours(3)).done();
      Transfer alsoOld = usdt(2, "1").memo("order-b").ago(Duration.ofHours(3)).done();
      FakeSource source = FakeSource.withTransfers(old, alsoOld);
      PaymentRequest patient =
          PaymentRequest.builder("order-a", "shop", amount("1")).maxAge(Duration.ofHours(4)).build();
      PaymentRequest hasty =
          PaymentRequest.builder("order-b", "shop", amount("1")).maxAge(Duration.ofHours(2)).build();

      List<Verification> verdicts = source.verifier().verifyAll(List.of(hasty, patient));

      assertNotFound(verdicts.get(0));
      assertVerified(verdicts.get(1), old);
      assertThat(source.scans.get(0).from()).isEqualTo(NOW.minus(Duration.ofHours(4)));
      assertThat(source.scans.get(0).to()).isAfterOrEqualTo(NOW.plus(Duration.ofMinutes(2)));
    }

    @Test
    void withDifferentModesShareAWallet() {
      Transfer byMemo = usdt(1, "1").memo("order-a").minutesAgo(9).done();
      Transfer byAmount = usdt(2, "2.000017").memo(Memo.ABSENT).minutesAgo(8).done();
      Transfer bare = usdt(3, "3").memo(Memo.ABSENT).minutesAgo(7).done();
      FakeSource source = FakeSource.withTransfers(byMemo, byAmount, bare);

      List<Verification> verdicts =
          source
              .verifier()
              .verifyAll(
                  List.of(
                      request("order-a", "shop", "1"),
                      PaymentRequest.builder("order-b", "shop", amount("2.000017")).matchMode(MatchMode.AMOUNT).build(),
                      request("order-c", "shop", "3"),
                      PaymentRequest.builder("order-d", "shop", amount("6.000017")).matchMode(MatchMode.ADDRESS).build()));

      assertVerified(verdicts.get(0), byMemo);
      assertVerified(verdicts.get(1), byAmount);
      assertRejected(verdicts.get(2), Reason.MEMO_MISSING, bare);
      assertVerified(verdicts.get(3), byMemo, byAmount, bare);
    }

    @Test
    void withTheSameIdGetTheSameVerdict() {
      Transfer paid = usdt(1, "25").done();

      List<Verification> verdicts =
          FakeSource.withTransfers(paid).verifier().verifyAll(List.of(order("25").build(), order("25").build()));

      assertThat(verdicts.get(0)).isEqualTo(verdicts.get(1));
      assertVerified(verdicts.get(0), paid);
    }

    @Test
    void ofAWalletThatFailsDoNotSpoilThoseOfAnother() {
      Transfer paid = usdt(1, "1").to("two").memo("order-b").done();
      FakeSource source =
          new FakeSource()
              .failingWallet("one", new ProviderUnavailableException("tron", "down", true, 503))
              .wallet("two", paid);

      List<Verification> verdicts =
          source.verifier().verifyAll(List.of(request("order-a", "one", "1"), request("order-b", "two", "1")));

      assertThat(verdicts.get(0)).isInstanceOf(Verification.Unavailable.class);
      assertVerified(verdicts.get(1), paid);
    }

    @Test
    void mayBeNone() {
      FakeSource source = new FakeSource();

      assertThat(source.verifier().verifyAll(List.of())).isEmpty();
      assertThat(source.scans).isEmpty();
    }

    @Test
    void haveOneDeadlineTogether() throws InterruptedException {
      ManualTicker ticker = new ManualTicker();
      FakeSource source = new FakeSource();
      PaymentVerifier verifier =
          TransferSourceVerifier.of(
              source,
              VerifierContext.of(
                  VerifierOptions.none().with(VerifierOptions.TIMEOUT, "PT7S"),
                  Clock.fixed(NOW, ZoneOffset.UTC),
                  ticker));

      verifier.verifyAll(List.of(request("order-a", "one", "1"), request("order-b", "two", "1")));
      ticker.sleep(Duration.ofSeconds(2));

      assertThat(source.deadlines).hasSize(2).allSatisfy(d -> assertThat(d.remaining()).isEqualTo(Duration.ofSeconds(5)));
    }
  }

  @Nested
  class AProviderThatFails {

    @Test
    void row72_isUnavailableAndSaysWhenToAskAgain() {
      FakeSource source =
          new FakeSource().failingWith(new RateLimitedException("tron", "slow down", Duration.ofSeconds(17), 429));

      for (Verification verdict :
          List.of(source.verifier().verify(order("25").build()), source.verifier().verify(order("25").build(), hash(1)))) {
        assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
        Verification.Unavailable unavailable = (Verification.Unavailable) verdict;
        assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(unavailable.detail()).contains("slow down");
        assertThat(unavailable.isVerified()).isFalse();
      }
    }

    @Test
    void isUnavailableWithoutAWaitIfNothingIsKnownOfIt() {
      FakeSource source = new FakeSource().failingWith(new ProviderUnavailableException("tron", "down", true, null));

      Verification verdict = source.verifier().verify(order("25").build());

      assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
      assertThat(((Verification.Unavailable) verdict).retryAfter()).isEmpty();
    }
  }

  @Nested
  class AnInterrupt {

    @Test
    void row80_isUnavailableWithTheFlagSet() {
      FakeSource source =
          new FakeSource()
              .failingWallet(
                  "one", new ProviderUnavailableException("tron", "interrupted", false, new InterruptedException()));
      Thread.currentThread().interrupt();

      Verification verdict = source.verifier().verify(request("order-a", "one", "1"));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
    }
  }

  @Nested
  class BadInput {

    @Test
    void ofOneRequestIsRefusedBeforeAnythingIsAsked() {
      FakeSource source = new FakeSource();
      PaymentVerifier verifier = source.verifier();
      List<PaymentRequest> requests = List.of(request("order-a", "one", "1"), request("order-b", "bad-address", "1"));

      assertThatIllegalArgumentException().isThrownBy(() -> verifier.verifyAll(requests))
          .withMessageContaining("bad-address");

      assertThat(source.scans).isEmpty();
    }

    @Test
    void likeAnAssetOfAnotherChainIsRefusedBeforeAnythingIsAsked() {
      FakeSource source = new FakeSource();
      PaymentVerifier verifier = source.verifier();
      PaymentRequest ton = PaymentRequest.builder("order-a", "one", Amount.ofUnits(Asset.TON, 1)).build();

      assertThatIllegalArgumentException().isThrownBy(() -> verifier.verify(ton));
      assertThatIllegalArgumentException().isThrownBy(() -> verifier.verify(ton, hash(1)));

      assertThat(source.scans).isEmpty();
      assertThat(source.lookups).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "../../../etc/passwd", "0x", "?limit=1"})
    void row74_likeAWrongHashIsRefusedBeforeAnythingIsAsked(String wrong) {
      FakeSource source = new FakeSource();
      PaymentVerifier verifier = source.verifier();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> verifier.verify(order("25").build(), wrong))
          .withMessageContaining("32 bytes");

      assertThat(source.lookups).isEmpty();
    }

    @Test
    void likeATimeoutOutOfRangeIsRefusedAtTheStart() {
      VerifierContext context = VerifierContext.of(VerifierOptions.none().with(VerifierOptions.TIMEOUT, "PT0S"));

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> TransferSourceVerifier.of(new FakeSource(), context))
          .withMessageContaining("timeout");
    }
  }

  @Nested
  class Closing {

    @Test
    void closesTheSource() {
      FakeSource source = new FakeSource();

      source.verifier().close();

      assertThat(source.closed).isEqualTo(1);
    }

    @Test
    void twiceDoesNothingMoreThanTheSourceAllows() {
      FakeSource source = new FakeSource();
      PaymentVerifier verifier = source.verifier();

      verifier.close();
      verifier.close();

      assertThatIllegalStateException().isThrownBy(() -> verifier.verify(order("25").build()));
    }

    @Test
    void makesEveryFurtherCallAnIllegalState() {
      FakeSource source = new FakeSource();
      PaymentVerifier verifier = source.verifier();
      verifier.close();

      assertThatIllegalStateException().isThrownBy(() -> verifier.verify(order("25").build()))
          .withMessageContaining("closed");
      assertThatIllegalStateException().isThrownBy(() -> verifier.verify(order("25").build(), hash(1)));
      assertThatIllegalStateException().isThrownBy(() -> verifier.verifyAll(List.of(order("25").build())));
      assertThat(source.scans).isEmpty();
      assertThat(source.lookups).isEmpty();
    }

    @Test
    void makesEvenACallForNoOrderAnIllegalState() {
      PaymentVerifier verifier = new FakeSource().verifier();
      verifier.close();

      assertThatIllegalStateException().isThrownBy(() -> verifier.verifyAll(List.of()));
    }
  }

  @Nested
  class TheWindowOfTheQuery {

    @Test
    void row38_isReadInMillisecondsSoThatExactlyTheMaximumAgeIsIncluded() {
      FakeSource source = FakeSource.withTransfers(usdt(1, "25").ago(Duration.ofHours(24)).done());
      Clock fine = Clock.fixed(NOW.plusNanos(999_999), ZoneOffset.UTC);
      PaymentVerifier verifier = TransferSourceVerifier.of(source, VerifierContext.of(VerifierOptions.none(), fine));

      assertThat(verifier.verify(order("25").build()).isVerified()).isTrue();
      assertThat(source.scans.get(0).from()).isEqualTo(NOW.minus(Duration.ofHours(24)));
    }

    @Test
    void asksForTheCanonicalWalletAndTheAskedAsset() {
      FakeSource source = new FakeSource();

      source.verifier().verify(request("order-a", "SHOP", "1"));

      ScanQuery query = source.scans.get(0);
      assertThat(query.recipient()).isEqualTo("shop");
      assertThat(query.asset()).isEqualTo(Asset.USDT_TRC20);
    }
  }

  @Nested
  class TheFilterOfTheQuery {

    private TransferFilter filter(PaymentRequest... requests) {
      FakeSource source = new FakeSource();
      source.verifier().verifyAll(List.of(requests));
      return source.scans.get(0).filter();
    }

    @Test
    void byMemoLeavesOutOtherMemosAndWrongAmountsWithoutOne() {
      TransferFilter filter = filter(order("25").build());

      assertThat(filter.mayMatter(amount("1"), Memo.ofText("ORD-1001 "))).isTrue();
      assertThat(filter.mayMatter(amount("25"), null)).isTrue();
      assertThat(filter.mayMatter(amount("1"), null)).as("its memo may be that of the order").isTrue();
      assertThat(filter.mayMatter(amount("25"), Memo.ABSENT)).isTrue();
      assertThat(filter.mayMatter(amount("25.25"), Memo.UNREADABLE)).isTrue();
      assertThat(filter.mayMatter(amount("25"), Memo.ofText("ORD-1002"))).isFalse();
      assertThat(filter.mayMatter(amount("25.250001"), Memo.ABSENT)).isFalse();
      assertThat(filter.mayMatter(amount("24.749999"), Memo.UNREADABLE)).isFalse();
    }

    @Test
    void byAmountLeavesOutOtherAmounts() {
      TransferFilter filter = filter(order("25").matchMode(MatchMode.AMOUNT).build());

      assertThat(filter.mayMatter(amount("25"), null)).isTrue();
      assertThat(filter.mayMatter(amount("25"), Memo.ofText("hello"))).isTrue();
      assertThat(filter.mayMatter(amount("25.000001"), null)).isFalse();
      assertThat(filter.mayMatter(amount("1"), Memo.ofText(Paid.ORDER))).isFalse();
    }

    @Test
    void byAddressLeavesOutNothing() {
      TransferFilter filter = filter(order("25").matchMode(MatchMode.ADDRESS).build());

      assertThat(filter.mayMatter(amount("1"), Memo.ofText("hello"))).isTrue();
      assertThat(filter.mayMatter(amount("1"), null)).isTrue();
    }

    @Test
    void ofSeveralOrdersKeepsWhatMattersToAny() {
      TransferFilter filter = filter(request("order-a", "shop", "1"), request("order-b", "shop", "100"));

      assertThat(filter.mayMatter(amount("7"), Memo.ofText("order-a"))).isTrue();
      assertThat(filter.mayMatter(amount("1"), Memo.ABSENT)).isTrue();
      assertThat(filter.mayMatter(amount("100"), Memo.ABSENT)).isTrue();
      assertThat(filter.mayMatter(amount("0.9"), Memo.ABSENT)).isFalse();
      assertThat(filter.mayMatter(amount("102"), Memo.ABSENT)).isFalse();
    }

    @Test
    void everythingMattersToTheFilterOfThatName() {
      assertThat(TransferFilter.ALL.mayMatter(amount("1"), null)).isTrue();
    }
  }

  @Test
  void aContextHasTheSystemsClockAndTickerByDefault() {
    VerifierContext context = VerifierContext.of(VerifierOptions.none());

    assertThat(context.options()).isSameAs(VerifierOptions.none());
    assertThat(context.clock()).isEqualTo(Clock.systemUTC());
    assertThat(context.ticker()).isSameAs(Ticker.system());
  }

  @Test
  void anOptionThatIsNotSaidToBeSecretMayBeShown() {
    assertThat(OptionSpec.of("network", "which one")).isEqualTo(new OptionSpec("network", "which one", false));
  }
}
