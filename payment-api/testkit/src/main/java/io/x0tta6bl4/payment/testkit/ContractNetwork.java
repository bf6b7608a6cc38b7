package io.x0tta6bl4.payment.testkit;

import io.x0tta6bl4.payment.Asset;
import java.util.List;

/**
 * The things of one chain that {@link PaymentVerifierContract} needs to talk about it.
 *
 * @param asset what is paid with; 2 decimals or more
 * @param otherAsset another asset of the chain, best with the same symbol
 * @param recipient the shop's wallet
 * @param recipientRespelled the same wallet in another spelling; equal to {@code recipient} if the chain has one only
 * @param payer a customer's wallet
 * @param stranger somebody else's wallet
 * @param badAddresses texts that are no address of the chain, one of them with a path in it
 * @since 0.1.0
 */
public record ContractNetwork(
    Asset asset,
    Asset otherAsset,
    String recipient,
    String recipientRespelled,
    String payer,
    String stranger,
    List<String> badAddresses) {

  /** Copies the list. */
  public ContractNetwork {
    badAddresses = List.copyOf(badAddresses);
  }
}
