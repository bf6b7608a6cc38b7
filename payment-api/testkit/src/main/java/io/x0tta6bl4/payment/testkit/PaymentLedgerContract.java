package io.x0tta6bl4.payment.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.AmountTakenException;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.Delivery;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderConflictException;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Recording;
import io.x0tta6bl4.payment.ledger.UniqueAmounts;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import io.x0tta6bl4.payment.ledger.WalletLease;
import io.x0tta6bl4.payment.ledger.WalletProgress;
import io.x0tta6bl4.payment.ledger.WatchedOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PaymentLedger} must do, by the rules L1 to L13 that its Javadoc numbers.
 *
 * <p>Whoever writes a ledger extends this and makes an empty one in {@link #ledger}. Where two ledgers can share a store,
 * {@link #second} makes the other one; the tests of rules between processes are skipped otherwise.
 *
 * @since 0.1.0
 */
public abstract class PaymentLedgerContract {

  /** The instant at which each test begins. */
  protected static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static final Asset USD = Asset.USDT_TRC20;
  private static final String SHOP = "TXshop";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int THREADS = 16;

  private final AtomicInteger transactions = new AtomicInteger();
  private MutableClock clock = new MutableClock(NOW);
  private @Nullable PaymentLedger opened;

  /** Makes the tests. */
  protected PaymentLedgerContract() {}

  /**
   * Makes the ledger that is tested. It is closed behind each test.
   *
   * @param time what it dates openings by
   * @return a ledger over an empty store
   */
  protected abstract PaymentLedger ledger(Clock time);

  /**
   * Makes another ledger over the same store, as another process would. It is closed by the test.
   *
   * @param first the ledger that is tested
   * @param time what it dates openings by
   * @return a second ledger; empty, as by default, where a store has one ledger only
   */
  protected Optional<PaymentLedger> second(PaymentLedger first, Clock time) {
    return Optional.empty();
  }

  @BeforeEach
  final void makeLedger() {
    clock = new MutableClock(NOW);
    opened = ledger(clock);
  }

  @AfterEach
  final void closeLedger() {
    // A test that was interrupted must not leave the flag to the next one.
    Thread.interrupted();
    ledger().close();
  }

  @Test
  @DisplayName("L1 a change, its claim and its event are there together")
  final void l01WritesChangeClaimAndEventTogether() {
    ledger().subscribe("shop");
    Order order = open("order-1");
    Transfer transfer = transfer("25");
    OrderUpdate update = paid(order, transfer);
    assertEquals(new Recording.Recorded(order.changedTo(OrderState.PAID)), record(update));
    OrderAccount account = account("order-1");
    assertEquals(order.changedTo(OrderState.PAID), account.order());
    assertEquals(List.of(new Claim("order-1", ClaimRole.PAYMENT, transfer)), account.claims());
    assertEquals(Optional.of(update.event()), account.latest());
    assertEquals(List.of(update.event()), told("shop"));
  }

  @Test
  @DisplayName("L1 nothing is left of a change that loses one of its transfers")
  final void l01LeavesNothingOfAnUpdateThatLoses() {
    Transfer taken = transfer("25");
    record(paid(open("order-1"), taken));
    ledger().subscribe("shop");
    Order order = open("order-2");
    Transfer free = transfer("25");
    assertEquals(
        new Recording.AlreadyUsed(taken.id(), "order-1"), record(update(order, OrderState.PAID, payments(order, free, taken))));
    assertEquals(new OrderAccount(order, List.of(), null), account("order-2"));
    assertEquals(List.of(), told("shop"));
    Order third = open("order-3");
    assertInstanceOf(Recording.Recorded.class, record(paid(third, free)));
  }

  @Test
  @DisplayName("L1 in a batch each change is whole or not there, whatever becomes of the others")
  final void l01WritesEachUpdateOfABatchByItself() {
    Transfer taken = transfer("25");
    record(paid(open("first"), taken));
    Order changed = open("changed");
    record(rejected(changed, Reason.UNDERPAID, transfer("1")));
    ledger().subscribe("shop");
    Order good = open("good");
    Order loser = open("loser");
    Order alsoGood = open("also-good");
    Order unknown = unknownOrder("unknown");
    OrderUpdate goodUpdate = paid(good, transfer("25"));
    OrderUpdate alsoGoodUpdate = paid(alsoGood, transfer("25"));
    List<Recording> recordings =
        ledger().record(
            List.of(goodUpdate, paid(loser, taken), paid(changed, transfer("25")), paid(unknown, transfer("25")),
                alsoGoodUpdate));
    assertEquals(
        List.of(
            new Recording.Recorded(goodUpdate.after()),
            new Recording.AlreadyUsed(taken.id(), "first"),
            new Recording.Outdated(),
            new Recording.Outdated(),
            new Recording.Recorded(alsoGoodUpdate.after())),
        recordings);
    assertEquals(OrderState.PAID, account("good").order().state());
    assertEquals(OrderState.PAID, account("also-good").order().state());
    assertEquals(0, account("loser").order().version());
    assertEquals(1, account("changed").order().version());
    assertEquals(
        Set.of("good#1", "also-good#1"), new HashSet<>(told("shop").stream().map(PaymentEvent::id).toList()));
  }

  @Test
  @DisplayName("L1 of two orders in one batch that claim one transfer the first has it")
  final void l01GivesATransferToTheFirstOfABatch() {
    Transfer transfer = transfer("25");
    Order late = open("a-order");
    Order early = open("z-order");
    assertEquals(
        List.of(
            new Recording.Recorded(early.changedTo(OrderState.PAID)),
            new Recording.AlreadyUsed(transfer.id(), "z-order")),
        ledger().record(List.of(paid(early, transfer), paid(late, transfer))));
  }

  @Test
  @DisplayName("L1 of two orders in one batch the second has the transfer if the first loses another one")
  final void l01GivesATransferToTheSecondWhereTheFirstLoses() {
    Transfer taken = transfer("25");
    record(paid(open("owner"), taken));
    Transfer transfer = transfer("25");
    Order first = open("first");
    Order second = open("second");
    assertEquals(
        List.of(
            new Recording.AlreadyUsed(taken.id(), "owner"),
            new Recording.Recorded(second.changedTo(OrderState.PAID))),
        ledger().record(
            List.of(update(first, OrderState.PAID, payments(first, transfer, taken)), paid(second, transfer))));
  }

  @Test
  @DisplayName("L1 transfers of one transaction, and of equal hashes on two chains, are different ones")
  final void l01TellsTransfersApart() {
    String hash = transfer("25").id().transactionHash();
    for (TransferId id :
        List.of(new TransferId("tron", hash, 0), new TransferId("tron", hash, 1), new TransferId("ton", hash, 0))) {
      Order order = open("order-" + id.chain() + id.index());
      assertInstanceOf(Recording.Recorded.class, record(paid(order, transfer(id, "25", Memo.ABSENT))));
    }
    assertEquals(3, ledger().newestClaims(10).size());
  }

  @Test
  @DisplayName("L1 a full batch of 1,000 is written, and a larger one refused")
  final void l01TakesUpToAThousandUpdates() {
    List<OrderUpdate> updates = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      updates.add(paid(open("order-" + i), transfer("25")));
    }
    assertTrue(ledger().record(updates).stream().allMatch(Recording.Recorded.class::isInstance));
    updates.add(paid(open("order-1000"), transfer("25")));
    assertThrows(IllegalArgumentException.class, () -> ledger().record(updates));
    assertEquals(1_000, ledger().newestClaims(1_000).size());
  }

  @Test
  @DisplayName("L1 no updates are fine, and two for one order are refused")
  final void l01TakesNoUpdatesAndRefusesTwoForOneOrder() {
    assertEquals(List.of(), ledger().record(List.of()));
    Order order = open("order-1");
    List<OrderUpdate> two = List.of(paid(order, transfer("25")), paid(order, transfer("25")));
    assertThrows(IllegalArgumentException.class, () -> ledger().record(two));
    assertEquals(0, account("order-1").order().version());
  }

  @Test
  @DisplayName("L1 a transfer offered to 16 orders at once is claimed by one of them")
  final void l01OneOfManyWinsATransfer() throws Exception {
    for (int round = 0; round < 10; round++) {
      Transfer transfer = transfer("25");
      List<Order> orders = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        orders.add(open("order-" + round + "-" + i));
      }
      List<Recording> recordings = atOnce(i -> record(paid(orders.get(i), transfer)));
      List<Recording.Recorded> winners =
          recordings.stream().filter(Recording.Recorded.class::isInstance).map(Recording.Recorded.class::cast).toList();
      assertEquals(1, winners.size(), () -> "recordings " + recordings);
      Recording lost = new Recording.AlreadyUsed(transfer.id(), winners.get(0).order().id());
      assertEquals(THREADS - 1, Collections.frequency(recordings, lost));
    }
    assertEquals(10, ledger().newestClaims(1_000).size());
  }

  @Test
  @DisplayName("L1 batches that claim the same transfers crosswise all come to an end")
  final void l01CrosswiseBatchesDoNotBlockEachOther() throws Exception {
    List<Transfer> transfers = IntStream.range(0, 20).mapToObj(i -> transfer("25")).toList();
    List<List<OrderUpdate>> batches = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      List<OrderUpdate> batch = new ArrayList<>();
      for (int j = 0; j < transfers.size(); j++) {
        batch.add(paid(open("order-" + i + "-" + j), transfers.get(i % 2 == 0 ? j : transfers.size() - 1 - j)));
      }
      if (i % 3 == 0) {
        Collections.reverse(batch);
      }
      batches.add(batch);
    }
    List<Recording> all = atOnce(i -> ledger().record(batches.get(i))).stream().flatMap(List::stream).toList();
    assertEquals(20, all.stream().filter(Recording.Recorded.class::isInstance).count());
    assertEquals(20, ledger().newestClaims(1_000).size());
  }

  @Test
  @DisplayName("L2 claiming again for the same order changes nothing but the role")
  final void l02ClaimsAgainForTheSameOrder() {
    Order order = open("order-1");
    Transfer transfer = transfer("25");
    Recording first = record(update(order, OrderState.OPEN, List.of(new Claim("order-1", ClaimRole.PART, transfer))));
    Order next = assertInstanceOf(Recording.Recorded.class, first).order();
    Transfer respelled =
        new Transfer(
            transfer.id(), "somebody else", transfer.to(), transfer.amount(), Memo.ABSENT, transfer.blockTime(),
            transfer.finality(), transfer.execution());
    assertInstanceOf(Recording.Recorded.class, record(paid(next, respelled)));
    assertEquals(List.of(new Claim("order-1", ClaimRole.PAYMENT, transfer)), account("order-1").claims());
    assertEquals(List.of(new Claim("order-1", ClaimRole.PAYMENT, transfer)), ledger().newestClaims(10));
  }

  @Test
  @DisplayName("L2 claiming for another order says whose the transfer is, however often it is tried")
  final void l02TellsWhoseATransferIs() {
    Transfer transfer = transfer("25");
    record(paid(open("order-1"), transfer));
    Order order = open("order-2");
    for (int i = 0; i < 3; i++) {
      assertEquals(new Recording.AlreadyUsed(transfer.id(), "order-1"), record(paid(order, transfer)));
    }
    assertEquals(0, account("order-2").order().version());
  }

  @Test
  @DisplayName("L2 a claim outlives its order's end")
  final void l02AClaimIsForEver() {
    Transfer transfer = transfer("1");
    Order order = open("order-1");
    record(update(order, OrderState.OPEN, List.of(new Claim("order-1", ClaimRole.PART, transfer))));
    record(update(account("order-1").order(), OrderState.CANCELLED, List.of()));
    clock.advance(Duration.ofDays(400));
    assertEquals(new Recording.AlreadyUsed(transfer.id(), "order-1"), record(paid(open("order-2"), transfer)));
  }

  @Test
  @DisplayName("L2 a surplus and a late transfer are claimed beside the payment, in the order of their blocks")
  final void l02KeepsEveryRole() {
    Order order = open("order-1");
    Transfer payment = transferAt("25", NOW.plusSeconds(100));
    Transfer earlier = transferAt("25", NOW.plusSeconds(50));
    Transfer later = transferAt("25", NOW.plusSeconds(200));
    Transfer inNoBlock =
        new Transfer(nextId(), null, SHOP, usd("3"), Memo.UNREADABLE, null, Finality.FINAL, Execution.CREDITED_BUT_FAILED);
    record(paid(order, payment));
    for (Claim claim :
        List.of(
            new Claim("order-1", ClaimRole.SURPLUS, inNoBlock),
            new Claim("order-1", ClaimRole.SURPLUS, later),
            new Claim("order-1", ClaimRole.LATE, earlier))) {
      Order now = account("order-1").order();
      assertInstanceOf(Recording.Recorded.class, record(update(now, OrderState.PAID, List.of(claim))));
    }
    assertEquals(
        List.of(earlier, payment, later, inNoBlock),
        account("order-1").claims().stream().map(Claim::transfer).toList());
    assertEquals(
        List.of(ClaimRole.LATE, ClaimRole.PAYMENT, ClaimRole.SURPLUS, ClaimRole.SURPLUS),
        account("order-1").claims().stream().map(Claim::role).toList());
  }

  @Test
  @DisplayName("L3 a change of an order that was changed is outdated and leaves nothing")
  final void l03RefusesAnOutdatedChange() {
    Order order = open("order-1");
    assertInstanceOf(Recording.Recorded.class, record(rejected(order, Reason.MEMO_MISSING, transfer("25"))));
    Transfer transfer = transfer("25");
    assertEquals(new Recording.Outdated(), record(paid(order, transfer)));
    assertEquals(List.of(), account("order-1").claims());
    assertEquals(1, account("order-1").order().version());
    assertEquals(List.of(), ledger().newestClaims(10));
  }

  @Test
  @DisplayName("L3 a change of an order that is not known is outdated")
  final void l03AnUnknownOrderIsOutdated() {
    assertEquals(new Recording.Outdated(), record(paid(unknownOrder("order-1"), transfer("25"))));
    assertEquals(Optional.empty(), ledger().find("order-1"));
  }

  @Test
  @DisplayName("L3 an outdated change is that, even if its transfer is another order's")
  final void l03OutdatedComesBeforeAlreadyUsed() {
    Transfer transfer = transfer("25");
    Order order = open("order-1");
    record(rejected(order, Reason.TOO_OLD, transfer("25")));
    record(paid(open("order-2"), transfer));
    assertEquals(new Recording.Outdated(), record(paid(order, transfer)));
  }

  @Test
  @DisplayName("L3 of 16 changes of one order at once one is written")
  final void l03OneOfManyChangesWins() throws Exception {
    Order order = open("order-1");
    List<Recording> recordings = atOnce(i -> record(paid(order, transfer("25"))));
    assertEquals(1, recordings.stream().filter(Recording.Recorded.class::isInstance).count());
    assertEquals(THREADS - 1, Collections.frequency(recordings, new Recording.Outdated()));
    assertEquals(1, account("order-1").claims().size());
  }

  @Test
  @DisplayName("L3 every event of an order can be read as its last, with its reason and transfers")
  final void l03KeepsEveryReason() {
    Order order = open("order-1");
    for (Reason reason : Reason.values()) {
      OrderUpdate update = rejected(order, reason, pending("7"));
      order = assertInstanceOf(Recording.Recorded.class, record(update)).order();
      assertEquals(Optional.of(update.event()), account("order-1").latest());
    }
    for (OrderEvent.Type type : OrderEvent.Type.values()) {
      OrderEvent event = event(order, type, null, List.of());
      order =
          assertInstanceOf(Recording.Recorded.class, record(new OrderUpdate(order, order.state(), List.of(), event)))
              .order();
      assertEquals(Optional.of(event), account("order-1").latest());
    }
    assertEquals(Reason.values().length + OrderEvent.Type.values().length, account("order-1").order().version());
  }

  @Test
  @DisplayName("L4 opening again with the same content gives the order as it is")
  final void l04OpensAgain() {
    Order order = open("order-1");
    clock.advance(MINUTE);
    assertEquals(order, open("order-1"));
    record(paid(order, transfer("25")));
    assertEquals(order.changedTo(OrderState.PAID), open("order-1"));
    assertEquals(1, ledger().newest(EnumSet.allOf(OrderState.class), 10).size());
  }

  @Test
  @DisplayName("L4 opening again with other content is a conflict")
  final void l04RefusesOtherContent() {
    open("order-1");
    List<NewOrder> others =
        List.of(
            NewOrder.of(request("order-1", "26").build()),
            NewOrder.of(request("order-1", "25").recipient("TXother").build()),
            NewOrder.of(request("order-1", "25").tolerance(BigDecimal.ZERO).build()),
            NewOrder.of(request("order-1", "25").maxAge(MINUTE).build()),
            NewOrder.of(request("order-1", "25").matchMode(MatchMode.ADDRESS).build()),
            NewOrder.of(request("order-1", "25").notBefore(NOW.minusSeconds(1)).build()),
            NewOrder.of(request("order-1", "25").acceptOverpayment(true).build()),
            NewOrder.of(request("order-1", "25").addUp(false).build()),
            NewOrder.of(request("order-1", "25").acceptCreditedButFailed(true).build()),
            NewOrder.of(
                PaymentRequest.builder("order-1", SHOP, new Amount(Asset.TRX, usd("25").units())).build()),
            NewOrder.builder(request("order-1", "25").build()).expiry(MINUTE).build(),
            NewOrder.builder(request("order-1", "25").build()).aftercare(Duration.ZERO).build());
    for (NewOrder other : others) {
      assertThrows(OrderConflictException.class, () -> ledger().open(other), other::toString);
    }
    assertEquals(0, account("order-1").order().version());
  }

  @Test
  @DisplayName("L4 16 threads that open one order open one")
  final void l04OpensOnceOnManyThreads() throws Exception {
    List<Order> orders = atOnce(i -> open("order-1"));
    assertEquals(1, new HashSet<>(orders).size());
    assertEquals(1, ledger().opened(orders.get(0).wallet(), 0, NOW, 100).size());
  }

  @Test
  @DisplayName("L4 16 threads that open one order for as many wallets open one, and the others conflict")
  final void l04OneOfManyWalletsHasTheOrder() throws Exception {
    List<Boolean> opened =
        atOnce(
            i -> {
              try {
                ledger().open(NewOrder.of(request("order-1", "25").recipient("TX" + i).build()));
                return true;
              } catch (OrderConflictException e) {
                return false;
              }
            });
    assertEquals(1, Collections.frequency(opened, true));
  }

  @Test
  @DisplayName("L4 an order that is cut to milliseconds is the same when it is opened again")
  final void l04ComparesInMilliseconds() {
    clock.set(NOW.plusNanos(123_456_789));
    NewOrder order =
        NewOrder.builder(request("order-1", "25").notBefore(NOW.plusNanos(1_000_001)).maxAge(Duration.ofNanos(90_000_000_001L)).build())
            .expiry(Duration.ofNanos(1_500_999_999))
            .aftercare(Duration.ofNanos(2_000_999_999))
            .build();
    Order opened = ledger().open(order);
    assertEquals(NOW.plusMillis(123), opened.openedAt());
    assertEquals(Optional.of(NOW.plusMillis(1)), opened.request().notBefore());
    assertEquals(Duration.ofNanos(90_000_000_001L), account("order-1").order().request().maxAge());
    assertEquals(opened, account("order-1").order());
  }

  @Test
  @DisplayName("L5 an amount is unique among the watched orders of a wallet, and given back")
  final void l05AnAmountIsUnique() {
    Order first = ledger().open(byAmount("order-1", SHOP, "25"));
    assertThrows(AmountTakenException.class, () -> ledger().open(byAmount("order-2", SHOP, "25")));
    assertEquals(Optional.empty(), ledger().find("order-2"));
    ledger().open(byAmount("order-3", SHOP, "25.000001"));
    ledger().open(byAmount("order-4", "TXother", "25"));
    open("order-5");
    record(paid(first, transfer("25")));
    clock.set(first.watchedUntil());
    assertThrows(AmountTakenException.class, () -> ledger().open(byAmount("order-2", SHOP, "25")));
    clock.advance(Duration.ofMillis(1));
    ledger().open(byAmount("order-2", SHOP, "25"));
  }

  @Test
  @DisplayName("L5 a dedicated address is one order's, and given back")
  final void l05AnAddressIsUnique() {
    Order first = ledger().open(byAddress("order-1", "TXone"));
    assertThrows(AmountTakenException.class, () -> ledger().open(byAddress("order-2", "TXone")));
    ledger().open(byAddress("order-2", "TXtwo"));
    clock.set(first.watchedUntil().plusMillis(1));
    assertThrows(AmountTakenException.class, () -> ledger().open(byAddress("order-3", "TXone")), "it is still open");
    record(update(first, OrderState.EXPIRED, List.of()));
    ledger().open(byAddress("order-3", "TXone"));
  }

  @Test
  @DisplayName("L5 amounts are chosen upwards until they are exhausted, and given back")
  final void l05ChoosesAmountsAbove() {
    UniqueAmounts how = new UniqueAmounts(BigInteger.TEN, 2, UniqueAmounts.Direction.ABOVE);
    Order first = ledger().open(unique("order-0", "25", how));
    assertEquals(BigInteger.valueOf(25_000_000), first.request().amount().units());
    assertEquals(BigInteger.valueOf(25_000_010), ledger().open(unique("order-1", "25", how)).request().amount().units());
    assertEquals(BigInteger.valueOf(25_000_020), ledger().open(unique("order-2", "25", how)).request().amount().units());
    assertThrows(AmountTakenException.class, () -> ledger().open(unique("order-3", "25", how)));
    assertEquals(BigInteger.valueOf(25_000_010), ledger().open(unique("order-1", "25", how)).request().amount().units());
    record(update(first, OrderState.CANCELLED, List.of()));
    clock.set(first.watchedUntil());
    assertThrows(AmountTakenException.class, () -> ledger().open(unique("order-3", "25", how)), "it is still watched");
    clock.set(first.watchedUntil().plusMillis(1));
    assertEquals(BigInteger.valueOf(25_000_000), ledger().open(unique("order-3", "25", how)).request().amount().units());
    assertThrows(AmountTakenException.class, () -> ledger().open(unique("order-4", "25", how)), "the others are open");
  }

  @Test
  @DisplayName("L5 amounts are chosen downwards, and never 0")
  final void l05ChoosesAmountsBelow() {
    UniqueAmounts how = new UniqueAmounts(BigInteger.ONE, 100, UniqueAmounts.Direction.BELOW);
    assertEquals(BigInteger.TWO, ledger().open(unique("order-0", "0.000002", how)).request().amount().units());
    assertEquals(BigInteger.ONE, ledger().open(unique("order-1", "0.000002", how)).request().amount().units());
    assertThrows(AmountTakenException.class, () -> ledger().open(unique("order-2", "0.000002", how)));
  }

  @Test
  @DisplayName("L5 16 threads are given as many amounts, all different")
  final void l05AmountsAreUniqueOnManyThreads() throws Exception {
    UniqueAmounts how = new UniqueAmounts(BigInteger.ONE, 200, UniqueAmounts.Direction.ABOVE);
    List<BigInteger> units = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      int number = round;
      units.addAll(
          atOnce(i -> ledger().open(unique("order-" + number + "-" + i, "25", how)).request().amount().units()));
    }
    assertEquals(5 * THREADS, new HashSet<>(units).size());
    assertEquals(
        BigInteger.valueOf(25_000_000 + 5 * THREADS - 1), Collections.max(units), "no amount is left out");
  }

  @Test
  @DisplayName("L6 an order takes no payment from before its opening, less two minutes, unless told otherwise")
  final void l06AnOrderHasAnInstant() {
    assertEquals(Optional.of(NOW.minusSeconds(120)), open("order-1").request().notBefore());
    Instant told = NOW.minusSeconds(3_600);
    Order order = ledger().open(NewOrder.of(request("order-2", "25").notBefore(told).build()));
    assertEquals(Optional.of(told), order.request().notBefore());
    List<WatchedOrder> watched = ledger().opened(order.wallet(), 0, NOW, 10);
    assertEquals(List.of(NOW.minusSeconds(120), told), watched.stream().map(WatchedOrder::notBefore).toList());
    Order old = ledger().open(NewOrder.of(request("order-3", "25").notBefore(told).maxAge(MINUTE).build()));
    assertEquals(NOW.minus(MINUTE), ledger().opened(old.wallet(), 2, NOW, 1).get(0).notBefore());
  }

  @Test
  @DisplayName("L7 every subscribed listener gets every event from its subscription on")
  final void l07TellsEverySubscriber() {
    Order order = open("order-1");
    order = assertInstanceOf(Recording.Recorded.class, record(rejected(order, Reason.UNDERPAID, transfer("1")))).order();
    ledger().subscribe("shop");
    ledger().subscribe("mail");
    ledger().subscribe("shop");
    OrderUpdate update = paid(order, transfer("25"));
    record(update);
    assertEquals(List.of(update.event()), told("shop"));
    assertEquals(List.of(update.event()), told("mail"));
    assertEquals(List.of(), told("shop"));
    assertEquals(List.of(), told("stranger"));
  }

  @Test
  @DisplayName("L7 a listener that is forgotten is told nothing any more, not even when it comes back")
  final void l07ForgetsAListener() {
    ledger().subscribe("shop");
    record(paid(open("order-1"), transfer("25")));
    List<Delivery> lent = take("shop", 10);
    ledger().unsubscribe("shop");
    ledger().unsubscribe("shop");
    assertEquals(List.of(), told("shop"));
    ledger().delivered(lent);
    ledger().failed(lent.get(0), NOW);
    ledger().subscribe("shop");
    assertEquals(List.of(), told("shop"));
    OrderUpdate update = paid(open("order-2"), transfer("25"));
    record(update);
    assertEquals(List.of(update.event()), told("shop"));
  }

  @Test
  @DisplayName("L7 refuses names that are none")
  final void l07RefusesNames() {
    for (String name : List.of("", "Shop", "a b", "x".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> ledger().subscribe(name));
    }
    ledger().subscribe("x".repeat(64));
  }

  @Test
  @DisplayName("L8 a later event of an order waits for the earlier one, those of other orders do not")
  final void l08KeepsTheOrderOfAStream() {
    ledger().subscribe("shop");
    Order order = open("order-1");
    order = assertInstanceOf(Recording.Recorded.class, record(rejected(order, Reason.UNDERPAID, transfer("1")))).order();
    record(paid(order, transfer("25")));
    record(paid(open("order-2"), transfer("25")));
    List<Delivery> first = take("shop", 10);
    assertEquals(List.of("order-1#1", "order-2#1"), ids(first));
    assertEquals(List.of(), take("shop", 10));
    ledger().failed(first.get(0), clock.instant().plus(MINUTE));
    ledger().delivered(first.subList(1, 2));
    assertEquals(List.of(), take("shop", 10));
    clock.advance(MINUTE);
    List<Delivery> again = take("shop", 10);
    assertEquals(List.of("order-1#1"), ids(again));
    assertEquals(1, again.get(0).attempts());
    assertEquals(first.get(0).sequence(), again.get(0).sequence());
    ledger().delivered(again);
    assertEquals(List.of("order-1#2"), ids(take("shop", 10)));
  }

  @Test
  @DisplayName("L8 the oldest are handed out first, as many as asked for")
  final void l08HandsOutTheOldestFirst() {
    ledger().subscribe("shop");
    for (int i = 0; i < 5; i++) {
      record(paid(open("order-" + (9 - i)), transfer("25")));
    }
    assertEquals(List.of("order-9#1", "order-8#1"), ids(take("shop", 2)));
    List<Delivery> next = take("shop", 2);
    assertEquals(List.of("order-7#1", "order-6#1"), ids(next));
    ledger().delivered(next);
    assertEquals(List.of("order-5#1"), ids(take("shop", 1_000)));
    assertThrows(IllegalArgumentException.class, () -> take("shop", 0));
    assertThrows(IllegalArgumentException.class, () -> take("shop", 1_001));
  }

  @Test
  @DisplayName("L8 16 threads that take at once are never handed one event twice, nor a later one too early")
  final void l08NobodyIsHandedWhatAnotherHas() throws Exception {
    ledger().subscribe("shop");
    for (int i = 0; i < 20; i++) {
      Order order = open("order-" + i);
      for (int j = 0; j < 3; j++) {
        order = assertInstanceOf(Recording.Recorded.class, record(rejected(order, Reason.UNDERPAID, transfer("1")))).order();
      }
    }
    List<List<String>> told =
        atOnce(
            i -> {
              List<String> mine = new ArrayList<>();
              int nothing = 0;
              while (nothing < 5) {
                List<Delivery> taken = take("shop", 3);
                mine.addAll(ids(taken));
                ledger().delivered(taken);
                nothing = taken.isEmpty() ? nothing + 1 : 0;
              }
              return mine;
            });
    List<String> all = new ArrayList<>(told.stream().flatMap(List::stream).toList());
    told("shop").forEach(event -> all.add(event.id()));
    assertEquals(60, all.size());
    assertEquals(60, new HashSet<>(all).size());
    assertEquals(0, ledger().statistics().undelivered());
  }

  @Test
  @DisplayName("L9 what was handed out and not heard of is handed out again after its time")
  final void l09HandsOutAgain() {
    ledger().subscribe("shop");
    record(paid(open("order-1"), transfer("25")));
    assertEquals(1, take("shop", 10).size());
    clock.advance(MINUTE.minusMillis(1));
    assertEquals(List.of(), take("shop", 10));
    clock.advance(Duration.ofMillis(1));
    List<Delivery> again = take("shop", 10);
    assertEquals(List.of("order-1#1"), ids(again));
    assertEquals(0, again.get(0).attempts());
    ledger().delivered(again);
    clock.advance(MINUTE);
    assertEquals(List.of(), take("shop", 10));
    ledger().delivered(again);
  }

  @Test
  @DisplayName("L10 a wallet is leased to one owner until its time is over, and then under the next epoch")
  final void l10LeasesToOneOwner() {
    open("order-1");
    WalletLease first = lease("one").get(0);
    assertEquals(new Wallet("tron", USD.contract(), SHOP), first.wallet());
    assertEquals("one", first.owner());
    assertEquals(NOW.plus(MINUTE), first.until());
    assertEquals(WalletProgress.NONE, first.progress());
    assertEquals(List.of(), lease("two"));
    clock.advance(MINUTE);
    WalletLease second = lease("two").get(0);
    assertTrue(second.epoch() > first.epoch());
    assertEquals("two", second.owner());
  }

  @Test
  @DisplayName("L10 a lease that is renewed keeps its epoch, and one that is released is free at once")
  final void l10RenewsAndReleases() {
    open("order-1");
    WalletLease first = lease("one").get(0);
    clock.advance(Duration.ofSeconds(59));
    WalletLease renewed = lease("one").get(0);
    assertEquals(first.epoch(), renewed.epoch());
    assertEquals(clock.instant().plus(MINUTE), renewed.until());
    ledger().release("one");
    ledger().release("nobody");
    assertTrue(lease("two").get(0).epoch() > first.epoch());
  }

  @Test
  @DisplayName("L10 a wallet is leased while it is watched or has an open order, however old, and then no more")
  final void l10LeavesOutWhatNobodyWatches() {
    assertEquals(List.of(), lease("one"));
    Order order = open("order-1");
    clock.set(order.watchedUntil().plusMillis(1));
    assertEquals(1, lease("one").size());
    assertEquals(0, lease("two").size());
    record(update(order, OrderState.EXPIRED, List.of()));
    assertEquals(List.of(), lease("one"));
    Order paid = ledger().open(byAddress("order-2", "TXown"));
    record(paid(paid, transfer("25")));
    clock.set(paid.watchedUntil());
    assertEquals(1, lease("one").size());
    clock.advance(Duration.ofMillis(1));
    assertEquals(List.of(), lease("one"));
  }

  @Test
  @DisplayName("L10 two owners at the same instant never have one wallet both")
  final void l10NeverLeasesTwice() throws Exception {
    for (int i = 0; i < 40; i++) {
      ledger().open(byAddress("order-" + i, "TX" + i));
    }
    for (int round = 0; round < 3; round++) {
      List<WalletLease> leases = atOnce(i -> lease("owner-" + i)).stream().flatMap(List::stream).toList();
      assertEquals(leases.size(), new HashSet<>(leases.stream().map(WalletLease::wallet).toList()).size());
      clock.advance(Duration.ofMinutes(2));
    }
  }

  @Test
  @DisplayName("L11 progress is saved under the newest epoch and given to the next owner")
  final void l11SavesProgress() {
    open("order-1");
    WalletLease lease = lease("one").get(0);
    WalletProgress progress = new WalletProgress(NOW.minusSeconds(5), NOW);
    assertTrue(ledger().save(lease, progress, List.of()));
    assertEquals(progress, lease("one").get(0).progress());
    clock.advance(Duration.ofMinutes(2));
    WalletLease next = lease("two").get(0);
    assertEquals(progress, next.progress());
    WalletEvent event = walletEvent("tron/gap/1", next.wallet(), null);
    ledger().subscribe("shop");
    assertFalse(ledger().save(lease, WalletProgress.NONE, List.of(event)));
    assertEquals(List.of(), told("shop"));
    assertEquals(progress, lease("two").get(0).progress());
    assertTrue(ledger().save(next, new WalletProgress(NOW, null), List.of(event)));
    assertEquals(new WalletProgress(NOW, null), lease("two").get(0).progress());
    assertEquals(List.of(event), told("shop"));
  }

  @Test
  @DisplayName("L11 nothing is saved for a wallet that is not known")
  final void l11SavesNothingForStrangers() {
    WalletLease lease = new WalletLease(new Wallet("tron", null, "TXnobody"), "one", 1, NOW, WalletProgress.NONE);
    assertFalse(ledger().save(lease, new WalletProgress(NOW, null), List.of()));
  }

  @Test
  @DisplayName("L11 a wallet's event is told once, and in the order of its wallet")
  final void l11TellsAWalletsEventOnce() {
    ledger().subscribe("shop");
    open("order-1");
    WalletLease lease = lease("one").get(0);
    WalletEvent first = walletEvent("tron/one", lease.wallet(), transfer("3"));
    WalletEvent second = walletEvent("tron/two/" + "x".repeat(380), lease.wallet(), null);
    assertTrue(ledger().save(lease, WalletProgress.NONE, List.of(first, second)));
    assertTrue(ledger().save(lease, WalletProgress.NONE, List.of(second, first)));
    List<Delivery> head = take("shop", 10);
    assertEquals(List.of(first), head.stream().map(Delivery::event).toList());
    ledger().delivered(head);
    assertEquals(List.of(second), told("shop"));
    assertTrue(ledger().save(lease, WalletProgress.NONE, List.of(first)));
    assertEquals(List.of(), told("shop"));
  }

  @Test
  @DisplayName("L12 free wallets are shared evenly, and given back when another owner comes")
  final void l12SharesEvenly() {
    for (int i = 0; i < 30; i++) {
      ledger().open(byAddress("order-" + i, "TX" + i));
    }
    assertEquals(30, lease("one").size());
    assertEquals(0, lease("two").size());
    assertEquals(15, lease("one").size());
    assertEquals(15, lease("two").size());
    assertEquals(0, lease("three").size());
    assertEquals(10, lease("one").size());
    assertEquals(10, lease("two").size());
    assertEquals(10, lease("three").size());
    clock.advance(Duration.ofSeconds(30));
    assertEquals(10, lease("one").size());
    assertEquals(10, lease("two").size());
    clock.advance(Duration.ofSeconds(30));
    assertEquals(15, lease("one").size(), "those of the owner that is gone are free");
    assertEquals(15, lease("two").size());
  }

  @Test
  @DisplayName("L12 an owner is given wallets of the chains that he serves, and no others")
  final void l12LeavesOtherChainsToOthers() {
    for (int i = 0; i < 4; i++) {
      ledger().open(byAddress("order-" + i, "TX" + i));
      ledger().open(NewOrder.of(PaymentRequest.builder("ton-" + i, "UQ" + i, Amount.ofUnits(Asset.TON, 5)).build()));
    }
    assertEquals(List.of(), lease("none", new String[0]));
    assertEquals(Set.of("tron"), chains(lease("one", "tron")));
    assertEquals(4, lease("one", "tron").size());
    assertEquals(Set.of("ton"), chains(lease("both", "ton", "tron")), "those of tron are not free yet");
    assertEquals(2, lease("one", "tron").size());
    assertEquals(6, lease("both", "ton", "tron").size(), "all of ton and half of tron");
    assertEquals(2, lease("one", "tron").size());
    ledger().release("both");
    assertEquals(4, lease("one", "tron").size());
  }

  private static Set<String> chains(List<WalletLease> leases) {
    return leases.stream().map(lease -> lease.wallet().chain()).collect(Collectors.toSet());
  }

  @Test
  @DisplayName("L12 an owner has every lease of its answer, and refuses names that are none")
  final void l12ChecksOwners() {
    for (String owner : List.of("", "a b", "é", "x".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> lease(owner));
    }
    open("order-1");
    assertEquals(1, lease("~" + "x".repeat(63)).size());
  }

  @Test
  @DisplayName("L13 after closing every call is refused, and closing again does nothing")
  final void l13RefusesCallsAfterClosing() {
    Order order = open("order-1");
    WalletLease lease = lease("one").get(0);
    Delivery delivery = new Delivery("shop", event(order, OrderEvent.Type.EXPIRED, null, List.of()), 0, 1);
    ledger().close();
    ledger().close();
    List<org.junit.jupiter.api.function.Executable> calls =
        List.of(
            () -> open("order-2"),
            () -> ledger().find("order-1"),
            () -> ledger().find(List.of()),
            () -> ledger().record(List.of()),
            () -> ledger().newest(Set.of(), 1),
            () -> ledger().newestClaims(1),
            () -> ledger().opened(order.wallet(), 0, NOW, 1),
            () -> ledger().overdue(order.wallet(), NOW, 1),
            () -> ledger().overdue(NOW, 1),
            () -> ledger().openNear(order.wallet(), BigInteger.ONE, 1),
            () -> lease("one"),
            () -> ledger().release("one"),
            () -> ledger().save(lease, WalletProgress.NONE, List.of()),
            () -> ledger().subscribe("shop"),
            () -> ledger().unsubscribe("shop"),
            () -> take("shop", 1),
            () -> ledger().delivered(List.of()),
            () -> ledger().failed(delivery, NOW),
            () -> ledger().statistics());
    for (org.junit.jupiter.api.function.Executable call : calls) {
      assertThrows(IllegalStateException.class, call);
    }
  }

  @Test
  @DisplayName("an order is kept with all that was asked for")
  final void keepsOrders() {
    Asset fine = new Asset("ton", "J\u00e9t\ud83d\ude00'\"", "0:b113", 77);
    BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    List<PaymentRequest> requests =
        List.of(
            PaymentRequest.builder("a.1", "UQ '\"; --\ud83d\ude00", new Amount(fine, largest))
                .tolerance(new BigDecimal("0.123456789012345678")).maxAge(PaymentRequest.LONGEST_MAX_AGE).build(),
            PaymentRequest.builder("Z".repeat(64), SHOP, Amount.ofUnits(Asset.TRX, 1)).tolerance(BigDecimal.ZERO).addUp(false)
                .acceptOverpayment(true).acceptCreditedButFailed(true).maxAge(Duration.ofNanos(1)).build(),
            PaymentRequest.builder("by:amount_1", SHOP, new Amount(USD, largest)).matchMode(MatchMode.AMOUNT).build(),
            PaymentRequest.builder("by-address", "TXown", usd("1")).matchMode(MatchMode.ADDRESS)
                .tolerance(new BigDecimal("0.999999999999999999")).build());
    for (PaymentRequest request : requests) {
      Order order = ledger().open(NewOrder.of(request));
      assertEquals(order, account(request.orderId()).order());
      assertEquals(order.request().leastUnits(), ledger().opened(order.wallet(), 0, NOW, 1).get(0).leastUnits());
      assertEquals(order.request().mostUnits(), ledger().opened(order.wallet(), 0, NOW, 1).get(0).mostUnits());
      assertEquals(order.request().matchMode(), ledger().opened(order.wallet(), 0, NOW, 1).get(0).matchMode());
      assertEquals(order, ledger().open(NewOrder.of(request)));
    }
    assertEquals(4, ledger().find(requests.stream().map(PaymentRequest::orderId).toList()).size());
  }

  @Test
  @DisplayName("order ids that differ in case only are different ones")
  final void tellsOrderIdsApart() {
    open("order-1");
    assertEquals(Optional.empty(), ledger().find("ORDER-1"));
    open("ORDER-1");
    assertEquals(2, ledger().find(List.of("order-1", "ORDER-1", "order-1", "nobody", "\u0000'")).size());
  }

  @Test
  @DisplayName("a transfer is kept as it was, whatever strangers wrote into it")
  final void keepsHostileTransfers() {
    ledger().subscribe("shop");
    List<Memo> memos =
        List.of(
            Memo.ABSENT,
            Memo.UNREADABLE,
            new Memo.Text(""),
            new Memo.Text("\ud83d\ude00\u0000'\"\\; DROP TABLE x0_claim; --\n\t\u2028\uffff"),
            new Memo.Text("half a pair: \ud83d and \ude00\ud83d"),
            new Memo.Text("\ud83d\ude00".repeat(5_000)),
            new Memo.Text("\u0000".repeat(10_240)));
    BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    int number = 0;
    for (Memo memo : memos) {
      Order order = open("order-" + ++number);
      Transfer hostile =
          new Transfer(
              nextId(), number % 2 == 0 ? null : "from '\"\u0000", "to\u0000\ud83d\ude00",
              new Amount(new Asset("tron", "T\u00fc\u0000", number % 2 == 0 ? null : "TX\u0000", 0), largest), memo,
              number % 3 == 0 ? null : NOW.plusMillis(1), Finality.FINAL, Execution.SUCCEEDED);
      assertInstanceOf(Recording.Recorded.class, record(paid(order, hostile)));
      assertEquals(hostile, account(order.id()).claims().get(0).transfer());
      assertEquals(hostile, ledger().newestClaims(1).get(0).transfer());
      assertEquals(
          List.of(hostile), assertInstanceOf(OrderEvent.class, told("shop").get(0)).transfers());
    }
  }

  @Test
  @DisplayName("an event of very many transfers with long memos is kept")
  final void keepsLongEvents() {
    ledger().subscribe("shop");
    Order order = open("order-1");
    List<Transfer> many =
        IntStream.range(0, 150)
            .mapToObj(i -> transfer(nextId(), "1", new Memo.Text("\ud83d\ude00".repeat(5_000))))
            .toList();
    OrderUpdate update =
        new OrderUpdate(order, OrderState.OPEN, List.of(), event(order, OrderEvent.Type.SEEN, null, many));
    assertInstanceOf(Recording.Recorded.class, record(update));
    assertEquals(Optional.of(update.event()), account("order-1").latest());
    assertEquals(List.of(update.event()), told("shop"));
  }

  @Test
  @DisplayName("the newest orders and claims come first, by state")
  final void listsTheNewest() {
    List<Order> orders = List.of(open("order-1"), open("order-2"), open("order-3"));
    record(paid(orders.get(1), transfer("25")));
    record(paid(orders.get(0), transfer("25")));
    assertEquals(
        List.of("order-3", "order-2", "order-1"),
        ledger().newest(EnumSet.allOf(OrderState.class), 10).stream().map(Order::id).toList());
    assertEquals(
        List.of("order-2", "order-1"), ledger().newest(Set.of(OrderState.PAID), 10).stream().map(Order::id).toList());
    assertEquals(
        List.of("order-3", "order-2"),
        ledger().newest(Set.of(OrderState.PAID, OrderState.OPEN), 2).stream().map(Order::id).toList());
    assertEquals(List.of(), ledger().newest(Set.of(), 10));
    assertEquals(List.of("order-1", "order-2"), ledger().newestClaims(10).stream().map(Claim::orderId).toList());
    assertEquals(List.of("order-1"), ledger().newestClaims(1).stream().map(Claim::orderId).toList());
    assertThrows(IllegalArgumentException.class, () -> ledger().newest(Set.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> ledger().newestClaims(1_001));
  }

  @Test
  @DisplayName("watched orders are read on from a position, whatever became of them")
  final void readsOnFromAPosition() {
    Order shortLived =
        ledger().open(NewOrder.builder(request("short", "1").build()).expiry(MINUTE).aftercare(MINUTE).build());
    for (int i = 0; i < 5; i++) {
      open("order-" + i);
    }
    record(paid(account("order-1").order(), transfer("25")));
    Wallet wallet = shortLived.wallet();
    List<WatchedOrder> all = ledger().opened(wallet, 0, NOW, 100);
    assertEquals(
        List.of("short", "order-0", "order-1", "order-2", "order-3", "order-4"),
        all.stream().map(WatchedOrder::orderId).toList());
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), all.stream().map(WatchedOrder::position).toList());
    assertEquals(all.subList(3, 5), ledger().opened(wallet, 3, NOW, 2));
    assertEquals(all, ledger().opened(wallet, 0, shortLived.watchedUntil(), 100));
    assertEquals(all.subList(1, 6), ledger().opened(wallet, 0, shortLived.watchedUntil().plusNanos(1), 100));
    assertEquals(List.of(), ledger().opened(new Wallet("tron", null, SHOP), 0, NOW, 100));
  }

  @Test
  @DisplayName("whoever reads on while 16 threads open orders misses none")
  final void missesNoOrder() throws Exception {
    Wallet wallet = new Wallet("tron", USD.contract(), SHOP);
    List<WatchedOrder> seen = Collections.synchronizedList(new ArrayList<>());
    atOnce(
        i -> {
          for (int j = 0; j < 10; j++) {
            open("order-" + i + "-" + j);
            if (i == 0) {
              seen.addAll(ledger().opened(wallet, lastPosition(seen), NOW, 1_000));
            }
          }
          return i;
        });
    seen.addAll(ledger().opened(wallet, lastPosition(seen), NOW, 1_000));
    assertEquals(10 * THREADS, seen.size());
    assertEquals(10 * THREADS, new HashSet<>(seen.stream().map(WatchedOrder::orderId).toList()).size());
  }

  @Test
  @DisplayName("overdue orders are open ones, the earliest first")
  final void listsOverdueOrders() {
    Wallet wallet = open("order-1").wallet();
    ledger().open(NewOrder.builder(request("order-2", "25").build()).expiry(MINUTE).build());
    Order paid = ledger().open(NewOrder.builder(request("order-3", "25").build()).expiry(MINUTE).build());
    record(paid(paid, transfer("25")));
    Instant expiry = NOW.plus(MINUTE);
    assertEquals(List.of(), ledger().overdue(wallet, expiry, 10));
    assertEquals(List.of("order-2"), ledger().overdue(wallet, expiry.plusNanos(1), 10));
    assertEquals(List.of("order-2", "order-1"), ledger().overdue(wallet, NOW.plus(Duration.ofDays(1)), 10));
    assertEquals(List.of("order-2"), ledger().overdue(wallet, NOW.plus(Duration.ofDays(1)), 1));
    assertEquals(List.of(), ledger().overdue(new Wallet("tron", null, SHOP), NOW.plus(Duration.ofDays(1)), 10));
    assertThrows(IllegalArgumentException.class, () -> ledger().overdue(wallet, NOW, 0));
  }

  @Test
  @DisplayName("overdue orders of all wallets are open ones, the earliest first")
  final void listsOverdueOrdersOfAllWallets() {
    Order late = open("order-1");
    PaymentRequest elsewhere = PaymentRequest.builder("order-2", "another-wallet", usd("25")).build();
    Order early = ledger().open(NewOrder.builder(elsewhere).expiry(MINUTE).build());
    Order paid = ledger().open(NewOrder.builder(request("order-3", "25").build()).expiry(MINUTE).build());
    record(paid(paid, transfer("25")));
    Instant expiry = NOW.plus(MINUTE);
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    assertEquals(List.of(), ledger().overdue(expiry, 10));
    assertEquals(List.of(early), ledger().overdue(expiry.plusNanos(1), 10));
    assertEquals(List.of(early, late), ledger().overdue(tomorrow, 10));
    assertEquals(List.of(early), ledger().overdue(tomorrow, 1));
    assertThrows(IllegalArgumentException.class, () -> ledger().overdue(NOW, 0));
  }

  @Test
  @DisplayName("orders near an amount are open ones recognised by memo, within their tolerance")
  final void listsOrdersNearAnAmount() {
    Wallet wallet = open("order-1").wallet();
    ledger().open(NewOrder.of(request("order-2", "30").tolerance(new BigDecimal("0.5")).build()));
    ledger().open(byAmount("order-3", SHOP, "25"));
    record(paid(open("order-4"), transfer("25")));
    assertEquals(Set.of("order-1", "order-2"), near(wallet, 25_000_000));
    assertEquals(Set.of("order-1", "order-2"), near(wallet, 24_750_000));
    assertEquals(Set.of("order-2"), near(wallet, 24_749_999));
    assertEquals(Set.of("order-1", "order-2"), near(wallet, 25_250_000));
    assertEquals(Set.of("order-2"), near(wallet, 25_250_001));
    assertEquals(Set.of(), near(wallet, 14_999_999));
    assertEquals(1, ledger().openNear(wallet, BigInteger.valueOf(25_000_000), 1).size());
    assertEquals(Set.of(), near(new Wallet("tron", null, SHOP), 25_000_000));
  }

  @Test
  @DisplayName("the figures are those of the open orders and of what is still to be told")
  final void counts() {
    assertEquals(0, ledger().statistics().undelivered());
    assertNull(ledger().statistics().oldestUndelivered());
    ledger().subscribe("shop");
    ledger().subscribe("mail");
    open("order-1");
    Order order = open("order-2");
    ledger().open(NewOrder.of(PaymentRequest.builder("order-3", "UQ", Amount.ofUnits(Asset.TON, 5)).build()));
    record(paid(order, transfer("25")));
    assertEquals(1L, ledger().statistics().openOrders().get("tron"));
    assertEquals(1L, ledger().statistics().openOrders().get("ton"));
    assertEquals(2, ledger().statistics().undelivered());
    assertEquals(Optional.of(NOW), ledger().statistics().waitingSince());
    told("shop");
    told("mail");
    assertEquals(Optional.empty(), ledger().statistics().waitingSince());
  }

  @Test
  @DisplayName("a call goes on on a thread that is interrupted, and leaves the flag")
  final void keepsTheInterrupt() {
    Thread.currentThread().interrupt();
    Order order = open("order-1");
    assertInstanceOf(Recording.Recorded.class, record(paid(order, transfer("25"))));
    assertTrue(Thread.currentThread().isInterrupted());
    assertTrue(Thread.interrupted());
    assertEquals(OrderState.PAID, account("order-1").order().state());
  }

  @Test
  @DisplayName("a second ledger over the store sees all that the first wrote, and the rules hold between them")
  final void sharesItsStore() throws Exception {
    PaymentLedger other = second(ledger(), clock).orElse(null);
    assumeTrue(other != null, "the store has one ledger only");
    try (PaymentLedger second = other) {
      ledger().subscribe("shop");
      Order order = open("order-1");
      assertEquals(order, second.open(NewOrder.of(request("order-1", "25").build())));
      Transfer transfer = transfer("25");
      assertInstanceOf(Recording.Recorded.class, second.record(List.of(paid(order, transfer))).get(0));
      assertEquals(new Recording.Outdated(), record(paid(order, transfer)));
      assertEquals(new Recording.AlreadyUsed(transfer.id(), "order-1"), record(paid(open("order-2"), transfer)));
      WalletLease lease = lease("one").get(0);
      assertEquals(List.of(), second.lease("two", Set.of("tron"), clock.instant(), MINUTE));
      assertTrue(second.save(lease, new WalletProgress(NOW, null), List.of()));
      assertEquals(1, second.take("shop", clock.instant(), MINUTE, 10).size());
      assertEquals(List.of(), take("shop", 10));
      ledger().close();
      assertEquals(2, second.newest(EnumSet.allOf(OrderState.class), 10).size());
    }
  }

  private PaymentLedger ledger() {
    PaymentLedger ledger = opened;
    if (ledger == null) {
      throw new IllegalStateException("no test runs");
    }
    return ledger;
  }

  private Order open(String id) {
    return ledger().open(NewOrder.of(request(id, "25").build()));
  }

  private OrderAccount account(String id) {
    return ledger().find(id).orElseThrow();
  }

  private Recording record(OrderUpdate update) {
    return ledger().record(List.of(update)).get(0);
  }

  private List<WalletLease> lease(String owner) {
    return lease(owner, "tron");
  }

  private List<WalletLease> lease(String owner, String... chains) {
    return ledger().lease(owner, Set.of(chains), clock.instant(), MINUTE);
  }

  private List<Delivery> take(String listener, int limit) {
    return ledger().take(listener, clock.instant(), MINUTE, limit);
  }

  /** Takes and delivers until nothing is left. */
  private List<PaymentEvent> told(String listener) {
    List<PaymentEvent> told = new ArrayList<>();
    for (List<Delivery> next = take(listener, 1_000); !next.isEmpty(); next = take(listener, 1_000)) {
      next.forEach(delivery -> told.add(delivery.event()));
      ledger().delivered(next);
    }
    return told;
  }

  private Set<String> near(Wallet wallet, long units) {
    return new HashSet<>(ledger().openNear(wallet, BigInteger.valueOf(units), 10));
  }

  private OrderUpdate paid(Order order, Transfer transfer) {
    return update(order, OrderState.PAID, payments(order, transfer));
  }

  private static List<Claim> payments(Order order, Transfer... transfers) {
    return List.of(transfers).stream().map(t -> new Claim(order.id(), ClaimRole.PAYMENT, t)).toList();
  }

  private OrderUpdate rejected(Order order, Reason reason, Transfer transfer) {
    return new OrderUpdate(
        order, order.state(), List.of(), event(order, OrderEvent.Type.REJECTED, reason, List.of(transfer)));
  }

  private OrderUpdate update(Order order, OrderState next, List<Claim> claims) {
    OrderEvent.Type type =
        switch (next) {
          case OPEN -> OrderEvent.Type.SEEN;
          case PAID -> order.state() == next ? OrderEvent.Type.SURPLUS : OrderEvent.Type.VERIFIED;
          case EXPIRED -> OrderEvent.Type.EXPIRED;
          case CANCELLED -> OrderEvent.Type.CANCELLED;
        };
    return new OrderUpdate(
        order, next, claims, event(order, type, null, claims.stream().map(Claim::transfer).toList()));
  }

  private OrderEvent event(Order order, OrderEvent.Type type, @Nullable Reason reason, List<Transfer> transfers) {
    return new OrderEvent(order.request(), order.version() + 1, type, reason, transfers, clock.instant());
  }

  private WalletEvent walletEvent(String id, Wallet wallet, @Nullable Transfer subject) {
    WalletEvent.Type type = subject == null ? WalletEvent.Type.COVERAGE_GAP : WalletEvent.Type.UNASSIGNED;
    return new WalletEvent(id, wallet, type, "a gap of 5 '\"\u0000\ud83d\ude00 minutes", subject, clock.instant());
  }

  private static Order unknownOrder(String id) {
    PaymentRequest request = request(id, "25").notBefore(NOW).build();
    return new Order(request, OrderState.OPEN, 0, NOW, NOW.plusSeconds(1), NOW.plusSeconds(2));
  }

  private static PaymentRequest.Builder request(String id, String value) {
    return PaymentRequest.builder(id, SHOP, usd(value));
  }

  private static NewOrder byAmount(String id, String address, String value) {
    return NewOrder.of(request(id, value).recipient(address).matchMode(MatchMode.AMOUNT).build());
  }

  private static NewOrder byAddress(String id, String address) {
    return NewOrder.of(request(id, "25").recipient(address).matchMode(MatchMode.ADDRESS).build());
  }

  private static NewOrder unique(String id, String price, UniqueAmounts how) {
    return NewOrder.builder(request(id, price).matchMode(MatchMode.AMOUNT).build()).uniqueAmounts(how).build();
  }

  private Transfer transfer(String value) {
    return transfer(nextId(), value, new Memo.Text("order"));
  }

  private Transfer transferAt(String value, Instant blockTime) {
    return new Transfer(
        nextId(), "TXpayer", SHOP, usd(value), Memo.ABSENT, blockTime, Finality.FINAL, Execution.SUCCEEDED);
  }

  private Transfer pending(String value) {
    return new Transfer(nextId(), null, SHOP, usd(value), Memo.ABSENT, null, Finality.PENDING, Execution.UNKNOWN);
  }

  private static Transfer transfer(TransferId id, String value, Memo memo) {
    return new Transfer(id, "TXpayer", SHOP, usd(value), memo, NOW, Finality.FINAL, Execution.SUCCEEDED);
  }

  private TransferId nextId() {
    return new TransferId("tron", String.format("%064x", transactions.incrementAndGet()), 0);
  }

  private static Amount usd(String value) {
    return Amount.of(USD, new BigDecimal(value));
  }

  private static List<String> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.event().id()).toList();
  }

  private static long lastPosition(List<WatchedOrder> seen) {
    return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).position();
  }

  private interface Part<T> {
    T of(int thread) throws Exception;
  }

  /** Does a thing on 16 threads that start together. */
  private static <T> List<T> atOnce(Part<T> part) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Callable<T>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        parts.add(
            () -> {
              start.await();
              return part.of(thread);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(parts)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
