package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.Asset;
import java.util.EnumSet;
import java.util.Set;

class TrxContractTest extends TronContract {

  TrxContractTest() {
    super(Asset.TRX, Asset.USDT_TRC20);
  }

  /** The coin knows neither approvals nor mints, and a transaction moves it once. */
  @Override
  protected Set<Feature> features() {
    return EnumSet.of(Feature.UNREADABLE_MEMO, Feature.SELF_TRANSFER, Feature.UNDECIDED);
  }
}
