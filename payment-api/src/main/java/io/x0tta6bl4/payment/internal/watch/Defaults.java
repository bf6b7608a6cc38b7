package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.time.Clock;

/** The time where none is given. */
public final class Defaults {

  /** The system's clock. */
  public static final Clock CLOCK = VerifierContext.of(VerifierOptions.none()).clock();

  /** The system's ticker. */
  public static final Ticker TICKER = Ticker.system();

  private Defaults() {}
}
