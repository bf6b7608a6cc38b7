package io.x0tta6bl4.payment;

import static io.x0tta6bl4.payment.Paid.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.spi.VerifierContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentVerifierTest {

  private final PaymentVerifier verifier =
      new TestProviders.SampleVerifier(VerifierContext.of(VerifierOptions.none()));

  @Test
  void oneRequestIsAskedLikeMany() {
    PaymentRequest request = order("25").build();

    assertThat(verifier.verify(request)).isEqualTo(new Verification.NotFound(request, List.of()));
  }

  @Test
  void anAsynchronousCheckRunsOnTheExecutor() {
    PaymentRequest request = order("25").build();
    List<Runnable> tasks = new ArrayList<>();

    var future = verifier.verifyAsync(request, tasks::add);

    assertThat(future).isNotDone();
    assertThat(tasks).hasSize(1);
    tasks.get(0).run();
    assertThat(future).isCompletedWithValue(new Verification.NotFound(request, List.of()));
  }
}
