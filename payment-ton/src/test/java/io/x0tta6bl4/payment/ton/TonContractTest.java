package io.x0tta6bl4.payment.ton;

import io.x0tta6bl4.payment.Asset;
import java.util.EnumSet;
import java.util.Set;

class TonContractTest extends TonContract {

  TonContractTest() {
    super(Asset.TON, Asset.USDT_JETTON);
  }

  /** The coin knows neither approvals nor mints, and a transaction of the recipient's brings it once. */
  @Override
  protected Set<Feature> features() {
    return EnumSet.of(Feature.UNREADABLE_MEMO, Feature.SELF_TRANSFER);
  }
}
