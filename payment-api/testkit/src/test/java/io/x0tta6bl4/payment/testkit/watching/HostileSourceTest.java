package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.spi.Scan;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a source says of one wallet, others are served, and nobody is credited for nothing. */
class HostileSourceTest {

  private static final String OTHER = "other-wallet";

  private Shop shop;

  @BeforeEach
  void twoWallets() {
    shop = new Shop();
    shop.open("ORD-1", "100.00");
    shop.open(NewOrder.of(PaymentRequest.builder("ORD-2", OTHER, Shop.coins("50.00")).build()));
  }

  @TestFactory
  Stream<DynamicTest> aScanThatFailsStopsNoOtherWallet() {
    Map<String, Supplier<Scan>> failures =
        Map.of(
            "null", () -> null,
            "an unchecked exception", () -> {
              throw new IllegalStateException("a bug of the source");
            },
            "a null pointer", () -> {
              throw new NullPointerException();
            },
            "a malformed reply", () -> {
              throw new MalformedReplyException("memory", "$.data: expected an array", null);
            },
            "a null list", () -> new Scan(null, Scan.WHOLE, List.of()),
            "no coverage", () -> new Scan(List.of(), null, List.of()),
            "a null transfer", () -> new Scan(new ArrayList<>(Collections.singletonList(null)), Scan.WHOLE, List.of()),
            "a transfer of nulls", () -> new Scan(
                List.of(new Transfer(null, null, null, null, null, null, null, null)), Scan.WHOLE, List.of()));
    return failures.entrySet().stream()
        .map(
            failure ->
                DynamicTest.dynamicTest(
                    failure.getKey(),
                    () -> {
                      twoWallets();
                      shop.source.trick(Shop.WALLET, (query, honest) -> failure.getValue().get());
                      shop.chain.pay(OTHER, Shop.coins("50.00")).memo("ORD-2").submit();
                      shop.pay("100.00").memo("ORD-1").submit();
                      for (int i = 0; i < 5; i++) {
                        shop.tick();
                      }
                      assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
                      assertThat(shop.story("ORD-1")).isEmpty();
                      assertThat(shop.walletStory()).containsExactly(WalletEvent.Type.PROVIDER_TROUBLE);
                      shop.source.honest(Shop.WALLET);
                      shop.tick();
                      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
                      assertThat(shop.walletStory())
                          .containsExactly(WalletEvent.Type.PROVIDER_TROUBLE, WalletEvent.Type.PROVIDER_RECOVERED);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> transfersThatAreNotTheWalletsCreditNobody() {
    Transfer good = transfer(1).build();
    Asset fake = new Asset("memory", "COIN", "fake-contract", 2);
    Asset elsewhere = new Asset("elsewhere", "COIN", null, 2);
    return Map.of(
            "another recipient", transfer(1).to("somebody-else").build(),
            "another token of the same symbol", transfer(1).amount(Amount.ofUnits(fake, 10_000)).build(),
            "another chain", transfer(1).amount(Amount.ofUnits(elsewhere, 10_000)).build(),
            "nothing", transfer(1).amount(Amount.ofUnits(Shop.COIN, 0)).build(),
            "a failed one", transfer(1).execution(Execution.FAILED).build(),
            "a bounced one", transfer(1).execution(Execution.BOUNCED).build(),
            "the recipient's letters in another case", transfer(1).to("Shop-Wallet").build())
        .entrySet()
        .stream()
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.getKey(),
                    () -> {
                      twoWallets();
                      shop.source.trick(Shop.WALLET, (query, honest) -> whole(wrong.getValue()));
                      shop.tick();
                      assertThat(shop.told).isEmpty();
                      shop.source.trick(Shop.WALLET, (query, honest) -> whole(good));
                      shop.tick();
                      assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> absurdTimesAreJudgedAndHoldUpNothing() {
    return Stream.of(Instant.MIN, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE), Instant.MAX)
        .map(
            time ->
                DynamicTest.dynamicTest(
                    time.toString(),
                    () -> {
                      twoWallets();
                      shop.source.trick(Shop.WALLET, (query, honest) -> with(honest, transfer(1).at(time).build()));
                      shop.tick();
                      shop.tick();
                      shop.pay("100.00").memo("ORD-1").submit();
                      shop.chain.pay(OTHER, Shop.coins("50.00")).memo("ORD-2").submit();
                      shop.tick();
                      shop.tick();
                      assertThat(shop.story("ORD-1")).containsOnlyOnce("VERIFIED").last().isEqualTo("VERIFIED");
                      assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
                      assertThat(shop.got("ORD-1", ClaimRole.PAYMENT)).isEqualByComparingTo("100.00");
                    }));
  }

  @Test
  void aTransferWithoutATimeIsCreditedOnce() {
    shop.source.trick(Shop.WALLET, (query, honest) -> whole(transfer(1).at(null).build()));
    for (int i = 0; i < 5; i++) {
      shop.tick();
      shop.restart();
    }
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void amountsBeyondEveryOrderAreJudged() {
    BigInteger most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    shop.source.trick(Shop.WALLET, (query, honest) -> whole(transfer(1).amount(new Amount(Shop.COIN, most)).build()));
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("REJECTED OVERPAID");
  }

  @Test
  void oneTransferForTwoOrdersIsTheFirstOnes() {
    shop.source.trick(Shop.WALLET, (query, honest) -> whole(transfer(1).build()));
    shop.tick();
    shop.open("ORD-3", "100.00");
    shop.source.trick(Shop.WALLET, (query, honest) -> whole(transfer(1).memo("ORD-3").build()));
    shop.tick();
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    assertThat(shop.story("ORD-3")).containsExactly("REJECTED ALREADY_USED");
    shop.restart();
    shop.tick();
    shop.restart();
    shop.tick();
    assertThat(shop.story("ORD-3")).containsExactly("REJECTED ALREADY_USED");
    assertThat(shop.state("ORD-3")).isEqualTo(OrderState.OPEN);
  }

  @Test
  void aListingThatNeverEndsNeverMovesTheCursor() {
    shop.tick();
    Instant read = shop.clock.instant();
    shop.source.trick(
        Shop.WALLET, (query, honest) -> new Scan(List.of(), new Scan.Coverage.Partial("page 100 has a next page"), List.of()));
    shop.pay("100.00").memo("ORD-1").submit();
    for (int i = 0; i < 200; i++) {
      shop.tickAfter(Duration.ofMinutes(1));
    }
    assertThat(shop.state("ORD-1")).isEqualTo(OrderState.OPEN);
    assertThat(shop.state("ORD-2")).isEqualTo(OrderState.EXPIRED);
    shop.source.honest(Shop.WALLET);
    shop.source.queries.clear();
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    assertThat(shop.source.queries)
        .anySatisfy(query -> assertThat(query.from()).isEqualTo(read.minus(Duration.ofMinutes(10))));
  }

  @Test
  void whatOneScanCannotReadSeveralReadOneAfterTheOther() {
    shop.tick();
    Instant read = shop.clock.instant();
    shop.pass(Duration.ofHours(20));
    shop.pay("100.00").memo("ORD-1").at(read.plus(Duration.ofMinutes(50))).submit();
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> {
          // The wallet is busy: a scan reads no more than an hour.
          Instant end = query.from().plus(Duration.ofHours(1));
          List<Transfer> listed =
              honest.transfers().stream().filter(transfer -> !transfer.blockTime().isAfter(end)).toList();
          return query.to().isAfter(end) && end.isBefore(shop.clock.instant())
              ? new Scan(listed, new Scan.Coverage.Partial("there are more than 50 pages", end), List.of())
              : new Scan(listed, Scan.WHOLE, List.of());
        });
    for (int i = 0; i < 30; i++) {
      shop.tick();
    }
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    assertThat(shop.walletStory()).isEmpty();
    shop.source.queries.clear();
    shop.tick();
    assertThat(shop.source.queries)
        .allSatisfy(query -> assertThat(query.from()).isAfter(shop.clock.instant().minus(Duration.ofMinutes(11))));
  }

  @Test
  void aThousandCopiesAreOne() {
    shop.source.trick(
        Shop.WALLET,
        (query, honest) -> new Scan(Collections.nCopies(1_000, transfer(1).build()), Scan.WHOLE, List.of()));
    shop.tick();
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    assertThat(shop.desk.find("ORD-1").orElseThrow().claims()).hasSize(1);
  }

  private static Scan whole(Transfer... transfers) {
    return new Scan(List.of(transfers), Scan.WHOLE, List.of());
  }

  private static Scan with(Scan honest, Transfer transfer) {
    List<Transfer> transfers = new ArrayList<>(honest.transfers());
    transfers.add(transfer);
    return new Scan(transfers, honest.coverage(), honest.unreadable());
  }

  private static Forged transfer(int number) {
    return new Forged(number);
  }

  /** A payment of the first order, but for what is said. */
  private static final class Forged {
    private final TransferId id;
    private String to = Shop.WALLET;
    private Amount amount = Shop.coins("100.00");
    private String memo = "ORD-1";
    private Instant time = Shop.START;
    private Execution execution = Execution.SUCCEEDED;

    private Forged(int number) {
      id = new TransferId("memory", String.format("%064x", 0xf000 + number), 0);
    }

    private Forged to(String recipient) {
      to = recipient;
      return this;
    }

    private Forged amount(Amount newAmount) {
      amount = newAmount;
      return this;
    }

    private Forged memo(String text) {
      memo = text;
      return this;
    }

    private Forged at(Instant blockTime) {
      time = blockTime;
      return this;
    }

    private Forged execution(Execution outcome) {
      execution = outcome;
      return this;
    }

    private Transfer build() {
      return new Transfer(id, "payer", to, amount, Memo.ofText(memo), time, Finality.FINAL, execution);
    }
  }
}
