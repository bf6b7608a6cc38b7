package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What transfers mean for an order, change by change. */
class PlannerTest {

  private static final Instant OPENED = Paid.NOW.minus(Duration.ofMinutes(30));

  private OrderAccount account = account(Paid.order("100").build());

  @Test
  void nothingChangesNothing() {
    assertThat(told()).isEmpty();
  }

  @Test
  void thePriceIsThePayment() {
    assertThat(told(Paid.usdt(1, "100").done())).containsExactly("VERIFIED");
    assertThat(account.order().state()).isEqualTo(OrderState.PAID);
    assertThat(roles()).containsExactly(ClaimRole.PAYMENT);
  }

  @Test
  void partsBecomeThePaymentTogether() {
    assertThat(told(Paid.usdt(1, "60").minutesAgo(9).done())).containsExactly("REJECTED UNDERPAID");
    assertThat(roles()).containsExactly(ClaimRole.PART);
    assertThat(told(Paid.usdt(2, "40").minutesAgo(5).done())).containsExactly("VERIFIED");
    assertThat(roles()).containsExactly(ClaimRole.PAYMENT, ClaimRole.PAYMENT);
  }

  @Test
  void partsOfOneScanAreAddedInChainOrderAndTheRestIsSurplus() {
    assertThat(
            told(
                Paid.usdt(3, "7").minutesAgo(3).done(),
                Paid.usdt(2, "40").minutesAgo(5).done(),
                Paid.usdt(1, "60").minutesAgo(9).done()))
        .containsExactly("VERIFIED", "SURPLUS");
    assertThat(roles()).containsExactly(ClaimRole.PAYMENT, ClaimRole.PAYMENT, ClaimRole.SURPLUS);
  }

  @Test
  void aTransferListedTwiceCountsOnceAndTheFinalOneOfBoth() {
    Transfer pending = Paid.usdt(1, "50").pending().done();
    Transfer settled = Paid.usdt(1, "50").done();
    assertThat(told(pending, settled, settled)).containsExactly("REJECTED UNDERPAID");
    assertThat(roles()).containsExactly(ClaimRole.PART);
  }

  @Test
  void noRefusalOfWhatMayStillBeTakenBackIsTold() {
    assertThat(told(Paid.usdt(1, "60").pending().done())).isEmpty();
    assertThat(account.claims()).isEmpty();
  }

  @Test
  void aFinalPartBesideAPendingOneIsClaimedAndBothAreSeen() {
    assertThat(told(Paid.usdt(1, "60").minutesAgo(9).done(), Paid.usdt(2, "40").pending().done())).containsExactly("SEEN");
    assertThat(roles()).containsExactly(ClaimRole.PART);
    assertThat(account.latest().orElseThrow().transfers()).hasSize(2);
  }

  @Test
  void lateTransfersAreClaimedAsSuchAndTheOrderStaysOpen() {
    OrderAccount late = ended(Duration.ofMinutes(10));
    account = late;
    assertThat(told(Paid.usdt(1, "100").minutesAgo(5).done())).containsExactly("LATE");
    assertThat(account.order().state()).isEqualTo(OrderState.OPEN);
    assertThat(roles()).containsExactly(ClaimRole.LATE);
  }

  @Test
  void aRefusalIsNotToldAgainForALateTransfer() {
    account = ended(Duration.ofMinutes(10));
    Transfer tooEarly = Paid.usdt(1, "100").at(OPENED.minus(Duration.ofHours(1))).done();
    Transfer late = Paid.usdt(2, "40").minutesAgo(5).done();
    assertThat(told(tooEarly, late)).containsExactly("LATE", "REJECTED TOO_EARLY");
    assertThat(told(tooEarly, late)).isEmpty();
  }

  @Test
  void aPaymentInTimeComesBeforeALateOneWhichIsThenSurplus() {
    account = ended(Duration.ofMinutes(10));
    assertThat(told(Paid.usdt(1, "100").minutesAgo(15).done(), Paid.usdt(2, "40").minutesAgo(5).done()))
        .containsExactly("VERIFIED", "SURPLUS");
  }

  @Test
  void theExpiryItselfIsInTime() {
    account = ended(Duration.ofMinutes(10));
    assertThat(told(Paid.usdt(1, "100").minutesAgo(10).done())).containsExactly("VERIFIED");
  }

  @Test
  void aPartCountsHoweverLongTheRestTakes() {
    Instant opened = Paid.NOW.minus(Duration.ofDays(3));
    account = account(Paid.order("100").notBefore(opened).build(), opened, Paid.NOW.plus(Duration.ofDays(1)));
    assertThat(told(Paid.usdt(1, "60").at(opened).done(), Paid.usdt(2, "40").minutesAgo(5).done()))
        .containsExactly("VERIFIED");
  }

  @Test
  void whatIsOlderThanTheOrderAllowedAtItsOpeningIsTooOld() {
    Duration age = Duration.ofHours(1);
    PaymentRequest request = Paid.order("100").notBefore(OPENED.minus(Duration.ofDays(1))).maxAge(age).build();
    account = account(request);
    assertThat(told(Paid.usdt(1, "100").at(OPENED.minus(age).minusMillis(1)).done())).containsExactly("REJECTED TOO_OLD");
    assertThat(told(Paid.usdt(2, "100").at(OPENED.minus(age)).done())).containsExactly("VERIFIED");
  }

  @Test
  void whatHasNoBlockYetIsNotLate() {
    assertThat(told(Paid.usdt(1, "100").inNoBlock().done())).containsExactly("SEEN");
  }

  @Test
  void aDebatableSuccessIsClaimedOnlyWhereTheOrderTakesIt() {
    Transfer debatable = Paid.usdt(1, "100").execution(Execution.CREDITED_BUT_FAILED).done();
    assertThat(told(debatable)).containsExactly("REJECTED CREDITED_BUT_FAILED");
    assertThat(account.claims()).isEmpty();
    account = account(Paid.order("100").acceptCreditedButFailed(true).build());
    assertThat(told(debatable)).containsExactly("VERIFIED");
  }

  @Test
  void theEndTellsOfThePartsAndIsTheEndOfAnOpenOrderOnly() {
    told(Paid.usdt(1, "60").done());
    apply(Planner.end(account, OrderState.EXPIRED, Paid.NOW).orElseThrow());
    assertThat(account.latest().orElseThrow().type()).isEqualTo(OrderEvent.Type.EXPIRED);
    assertThat(account.latest().orElseThrow().transfers()).hasSize(1);
    assertThat(Planner.end(account, OrderState.CANCELLED, Paid.NOW)).isEmpty();
  }

  @Test
  void afterTheEndAllIsLate() {
    apply(Planner.end(account, OrderState.CANCELLED, Paid.NOW).orElseThrow());
    assertThat(told(Paid.usdt(1, "100").pending().done())).isEmpty();
    assertThat(told(Paid.usdt(1, "100").done())).containsExactly("LATE");
    assertThat(account.order().state()).isEqualTo(OrderState.CANCELLED);
  }

  @Test
  void aRefusalFromOutsideIsToldOnceAndOnlyToAnOpenOrder() {
    List<Transfer> two =
        List.of(
            Paid.usdt(1, "100").memo(new Memo.Absent()).done(), Paid.usdt(2, "100").memo(new Memo.Absent()).done());
    apply(Planner.reject(account, Reason.MEMO_MISSING, two, Paid.NOW).orElseThrow());
    assertThat(Planner.reject(account, Reason.MEMO_MISSING, two, Paid.NOW)).isEmpty();
    assertThat(Planner.reject(account, Reason.MEMO_MISSING, two.subList(1, 2), Paid.NOW)).isEmpty();
    assertThat(Planner.reject(account, Reason.MEMO_UNREADABLE, two, Paid.NOW)).isPresent();
    told(Paid.usdt(3, "100").done());
    assertThat(Planner.reject(account, Reason.MEMO_MISSING, two, Paid.NOW)).isEmpty();
  }

  /** Plans and applies until there is nothing to change, and gives what was told. */
  private List<String> told(Transfer... found) {
    List<String> told = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      Optional<OrderUpdate> update = Planner.plan(account, List.of(found), Paid.NOW);
      if (update.isEmpty()) {
        return told;
      }
      apply(update.get());
      OrderEvent event = update.get().event();
      told.add(event.type() + event.reason().map(reason -> " " + reason).orElse(""));
    }
    throw new AssertionError("plans change without end: " + told);
  }

  private void apply(OrderUpdate update) {
    account = account.changedBy(update);
  }

  private List<ClaimRole> roles() {
    return account.claims().stream().map(Claim::role).toList();
  }

  private static OrderAccount account(PaymentRequest request) {
    return account(request, Paid.NOW.plus(Duration.ofHours(1)));
  }

  private static OrderAccount ended(Duration ago) {
    return account(Paid.order("100").notBefore(OPENED).build(), Paid.NOW.minus(ago));
  }

  private static OrderAccount account(PaymentRequest request, Instant expiresAt) {
    return account(request, OPENED, expiresAt);
  }

  private static OrderAccount account(PaymentRequest request, Instant openedAt, Instant expiresAt) {
    Order order = new Order(request, OrderState.OPEN, 0, openedAt, expiresAt, expiresAt.plus(Duration.ofDays(1)));
    return new OrderAccount(order, List.of(), null);
  }
}
