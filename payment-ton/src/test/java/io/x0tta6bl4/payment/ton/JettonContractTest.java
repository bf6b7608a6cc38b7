package io.x0tta6bl4.payment.ton;

import io.x0tta6bl4.payment.Asset;
import java.util.EnumSet;
import java.util.Set;

class JettonContractTest extends TonContract {

  JettonContractTest() {
    super(Asset.USDT_JETTON, new Asset("ton", "USDT", Fixtures.FAKE_USDT, 6));
  }

  @Override
  protected Set<Feature> features() {
    return EnumSet.of(Feature.UNREADABLE_MEMO, Feature.SELF_TRANSFER, Feature.MINT);
  }
}
