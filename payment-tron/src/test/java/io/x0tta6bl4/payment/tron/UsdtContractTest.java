package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.Asset;

class UsdtContractTest extends TronContract {

  UsdtContractTest() {
    super(Asset.USDT_TRC20, new Asset("tron", "USDT", "TVfpTwe327sNY9BMcT88RHsu7XZFCqWymr", 6));
  }
}
