package io.x0tta6bl4.payment.tron;

import io.x0tta6bl4.payment.Asset;

/** A token of which nothing is known but its contract, so that receipts decide. */
class Trc20ContractTest extends TronContract {

  Trc20ContractTest() {
    super(new Asset("tron", "SUNDOG", "TXL6rJbvmjD46zeN1JssfgxvSo99qC8MRT", 18), Asset.USDT_TRC20);
  }
}
