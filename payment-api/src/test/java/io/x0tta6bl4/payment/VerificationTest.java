package io.x0tta6bl4.payment;

import static io.x0tta6bl4.payment.Paid.amount;
import static io.x0tta6bl4.payment.Paid.order;
import static io.x0tta6bl4.payment.Paid.usdt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private final PaymentRequest request = order("25").build();
  private final Transfer first = usdt(1, "10").done();
  private final Transfer second = usdt(2, "16").done();

  @Test
  void onlyVerifiedIsVerified() {
    List<Verification> others =
        List.of(
            new Verification.Pending(request, List.of(first), List.of()),
            new Verification.Rejected(request, Reason.UNDERPAID, List.of(first), List.of()),
            new Verification.NotFound(request, List.of()),
            new Verification.Incomplete(request, "cut", List.of()),
            new Verification.Unavailable(request, "down", null, List.of()));

    assertThat(others).noneMatch(Verification::isVerified).allMatch(v -> v.verified().isEmpty());
    Verification verified = new Verification.Verified(request, List.of(first), List.of(), List.of());
    assertThat(verified.isVerified()).isTrue();
    assertThat(verified.verified()).containsSame((Verification.Verified) verified);
  }

  @Test
  void verifiedHasAtLeastOneTransfer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Verification.Verified(request, List.of(), List.of(), List.of()));
  }

  @Test
  void verifiedAddsUpWhatWasPaidAndWhatWasTooMuch() {
    var verified = new Verification.Verified(request, List.of(first, second), List.of(first), List.of());

    assertThat(verified.total()).isEqualTo(amount("26"));
    assertThat(verified.excess()).isEqualTo(amount("1"));
    assertThat(verified.surplusTotal()).isEqualTo(amount("10"));
    assertThat(verified.completedBy()).isEqualTo(second);
  }

  @Test
  void lessThanTheAmountIsNoNegativeExcess() {
    var verified = new Verification.Verified(request, List.of(usdt(1, "24.8").done()), List.of(), List.of());

    assertThat(verified.excess()).isEqualTo(amount("0"));
  }

  @Test
  void whatWasReceivedIsCountedInTheCandidatesOwnAsset() {
    Transfer fake = Paid.of(1, Amount.ofUnits(Asset.TRX, 7)).done();
    var rejected = new Verification.Rejected(request, Reason.WRONG_TOKEN, List.of(fake), List.of());

    assertThat(rejected.received()).contains(Amount.ofUnits(Asset.TRX, 7));
  }

  @Test
  void aVerdictKeepsCopiesOfItsLists() {
    List<Transfer> transfers = new ArrayList<>(List.of(first));
    List<String> notes = new ArrayList<>(List.of("a note"));
    var verified = new Verification.Verified(request, transfers, transfers, notes);
    var pending = new Verification.Pending(request, transfers, notes);
    var rejected = new Verification.Rejected(request, Reason.UNDERPAID, transfers, notes);
    transfers.clear();
    notes.clear();

    assertThat(verified.transfers()).hasSize(1);
    assertThat(verified.surplus()).hasSize(1);
    assertThat(verified.notes()).containsExactly("a note");
    assertThat(pending.transfers()).hasSize(1);
    assertThat(rejected.transfers()).hasSize(1);
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> pending.notes().clear());
  }

  @Test
  void unavailableTellsWhenToAskAgainIfThatIsKnown() {
    assertThat(new Verification.Unavailable(request, "down", Duration.ofSeconds(3), List.of()).retryAfter())
        .contains(Duration.ofSeconds(3));
    assertThat(new Verification.Unavailable(request, "down", null, List.of()).retryAfter()).isEmpty();
  }
}
