package io.x0tta6bl4.payment.tron.internal;

import java.math.BigInteger;

/** What a transaction asks the chain to do, as far as payments care. */
sealed interface Call {

  /** TransferContract: TRX. */
  record NativeTransfer(TronAddress from, TronAddress to, BigInteger amount) implements Call {}

  /** TransferAssetContract: a TRC10 token, known by its id and nothing else. */
  record Trc10Transfer(TronAddress from, TronAddress to, String tokenId, BigInteger amount) implements Call {}

  /** TriggerSmartContract with the selector of {@code transfer} or {@code transferFrom}. */
  record TokenTransfer(TronAddress contract, TronAddress from, TronAddress to, BigInteger amount) implements Call {}

  /** TriggerSmartContract with the selector of {@code approve}. */
  record TokenApproval(TronAddress contract) implements Call {}

  /** TriggerSmartContract with anything else: only its logs tell what moved. */
  record ContractCall(TronAddress contract) implements Call {}

  /** Any other contract type: votes, freezes, delegations. */
  record Other(long type) implements Call {}
}
