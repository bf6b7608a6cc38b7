package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.Transfer;
import org.junit.jupiter.api.Test;

class HandledTransfersTest {

  private static final String ORDER = "ORD-1001";

  private final HandledTransfers handled = new HandledTransfers();

  @Test
  void aTransferIsNewsOnceAndOnceMoreWhenItSettles() {
    Transfer pending = Paid.usdt(1, "5").pending().done();
    Transfer settled = Paid.usdt(1, "5").done();
    assertThat(handled.isNews(pending, ORDER)).isTrue();
    handled.add(pending, ORDER);
    assertThat(handled.isNews(pending, ORDER)).isFalse();
    assertThat(handled.isNews(settled, ORDER)).isTrue();
    handled.add(settled, ORDER);
    assertThat(handled.isNews(settled, ORDER)).isFalse();
  }

  @Test
  void isNewsToAnotherOrder() {
    Transfer transfer = Paid.usdt(1, "5").done();
    handled.add(transfer, "");
    assertThat(handled.isNews(transfer, "")).isFalse();
    assertThat(handled.isNews(transfer, ORDER)).isTrue();
    handled.add(transfer, ORDER);
    assertThat(handled.isNews(transfer, ORDER)).isFalse();
  }

  @Test
  void transfersOfOneTransactionAreTwo() {
    handled.add(Paid.usdt(1, 0, "5").done(), ORDER);
    assertThat(handled.isNews(Paid.usdt(1, 1, "5").done(), ORDER)).isTrue();
  }

  @Test
  void whatIsInNoBlockIsAlwaysNews() {
    Transfer transfer = Paid.usdt(1, "5").inNoBlock().done();
    handled.add(transfer, ORDER);
    assertThat(handled.isNews(transfer, ORDER)).isTrue();
  }

  @Test
  void forgetsWhatTheScanHasLeftBehind() {
    Transfer transfer = Paid.usdt(1, "5").at(Paid.NOW).done();
    handled.add(transfer, ORDER);
    handled.forgetBefore(Paid.NOW);
    assertThat(handled.isNews(transfer, ORDER)).isFalse();
    handled.forgetBefore(Paid.NOW.plusMillis(1));
    assertThat(handled.isNews(transfer, ORDER)).isTrue();
  }
}
