package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.Transfer;
import org.junit.jupiter.api.Test;

class HandledTransfersTest {

  private final HandledTransfers handled = new HandledTransfers();

  @Test
  void aTransferIsNewsOnceAndOnceMoreWhenItSettles() {
    Transfer pending = Paid.usdt(1, "5").pending().done();
    Transfer settled = Paid.usdt(1, "5").done();
    assertThat(handled.isNews(pending)).isTrue();
    handled.add(pending);
    assertThat(handled.isNews(pending)).isFalse();
    assertThat(handled.isNews(settled)).isTrue();
    handled.add(settled);
    assertThat(handled.isNews(settled)).isFalse();
  }

  @Test
  void transfersOfOneTransactionAreTwo() {
    handled.add(Paid.usdt(1, 0, "5").done());
    assertThat(handled.isNews(Paid.usdt(1, 1, "5").done())).isTrue();
  }

  @Test
  void whatIsInNoBlockIsAlwaysNews() {
    Transfer transfer = Paid.usdt(1, "5").inNoBlock().done();
    handled.add(transfer);
    assertThat(handled.isNews(transfer)).isTrue();
  }

  @Test
  void forgetsWhatTheScanHasLeftBehind() {
    Transfer transfer = Paid.usdt(1, "5").at(Paid.NOW).done();
    handled.add(transfer);
    handled.forgetBefore(Paid.NOW);
    assertThat(handled.isNews(transfer)).isFalse();
    handled.forgetBefore(Paid.NOW.plusMillis(1));
    assertThat(handled.isNews(transfer)).isTrue();
  }
}
