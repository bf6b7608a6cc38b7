package io.x0tta6bl4.telegram.internal.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import java.math.BigDecimal;
import java.net.URI;
import org.junit.jupiter.api.Test;

class TonLinksTest {

  /** The address of the USDT master, in both of its spellings as explorers show them. */
  private static final String RAW = "0:b113a994b5024a16719f69139328eb759596c38a25f59028b146fecdc3621dfe";
  private static final String FRIENDLY = "UQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_p0p";

  private static PaymentRequest.Builder request(String recipient, Asset asset) {
    return PaymentRequest.builder("ORD-1", recipient, Amount.of(asset, new BigDecimal("2.5")));
  }

  @Test
  void opensTheWalletForToncoins() {
    assertThat(TonLinks.of(request(RAW, Asset.TON).build()))
        .contains(URI.create("https://app.tonkeeper.com/transfer/" + FRIENDLY + "?amount=2500000000&text=ORD-1"));
  }

  @Test
  void opensTheWalletForAJetton() {
    assertThat(TonLinks.of(request(FRIENDLY, Asset.USDT_JETTON).build()))
        .contains(
            URI.create(
                "https://app.tonkeeper.com/transfer/" + FRIENDLY + "?amount=2500000&jetton=" + FRIENDLY + "&text=ORD-1"));
  }

  @Test
  void asksForAMemoOnlyWhereOneIsLookedFor() {
    assertThat(TonLinks.of(request(RAW, Asset.TON).matchMode(MatchMode.ADDRESS).build()).orElseThrow().toString())
        .doesNotContain("text=");
  }

  @Test
  void hasNoLinkForOtherChainsAndAddresses() {
    assertThat(TonLinks.of(request("TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD", Asset.TRX).build())).isEmpty();
    assertThat(TonLinks.of(request("shop.ton", Asset.TON).build())).isEmpty();
  }
}
