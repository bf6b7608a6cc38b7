package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.x0tta6bl4.payment.Verification;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The strict figures are those of {@link FaultOverruns}; here the bound only catches a call that does not end. */
class FaultsTest {

  @ParameterizedTest
  @EnumSource(FaultyServer.Fault.class)
  void everyFaultEndsByItsDeadlineAndIsUnavailable(FaultyServer.Fault fault) {
    Verification verdict = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> FaultOverruns.ask(fault, Duration.ofMillis(500)));
    assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
    assertThat(((Verification.Unavailable) verdict).detail()).startsWith("tron: ");
  }
}
