package io.x0tta6bl4.payment;

import io.x0tta6bl4.payment.internal.InterruptibleFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Asks a chain whether orders are paid. Thread-safe: make one for each provider and key, share it, close it at the end.
 *
 * <p>No method throws for what the network did, and none returns {@code null}. Calls block until there is a verdict, at the
 * latest at the configured deadline (30 seconds by default). An interrupt ends a call at once with the flag set and the
 * verdict {@link Verification.Unavailable}.
 *
 * <p>A verifier does not remember: where orders are recognised by amount or by address, one transfer verifies each of two requests, and
 * the same request each time that it is asked. Whoever delivers must claim the transfers of a {@link Verification.Verified} first, once
 * for ever: by {@link io.x0tta6bl4.payment.watch.PaymentDesk#credit}, or by a unique key on {@link Transfer#id()} in the
 * transaction that delivers.
 *
 * <p>The rules, as the contract tests in {@code payment-testkit} name them:
 *
 * <ul>
 *   <li>R1 A transfer counts only if it went to the recipient; addresses are compared by value, not by spelling.
 *   <li>R2 A transfer counts only in the asked asset, known by its contract, never by its name.
 *   <li>R3 By memo, the memo is the order id byte for byte, after trimming ASCII white space and NUL at both ends.
 *   <li>R4 Without any transfer of that memo, the earliest of the right amount without a memo is MEMO_MISSING, with one that
 *       cannot be read MEMO_UNREADABLE.
 *   <li>R5 An amount does if it differs by no more than the tolerance, both ways; by unique amount only if equal.
 *   <li>R6 More than that is OVERPAID, unless the request accepts it; the excess is told.
 *   <li>R7 A scan reads from now less the maximum age to now, both ends included; older ones are not seen, by hash TOO_OLD.
 *   <li>R8 A block up to two minutes ahead of the clock counts as now; beyond that it is FUTURE_TIMESTAMP.
 *   <li>R9 A block before the instant of the order is TOO_EARLY.
 *   <li>R10 What is not final is at best Pending.
 *   <li>R11 A failed transaction brings nothing: no candidate of a scan, FAILED by hash.
 *   <li>R12 The earliest transfer that does alone is the payment; else all final ones together, in order, up to the one that
 *       completes it, where the request lets them add up. Further final ones are surplus and told.
 *   <li>R13 A transfer to oneself is SELF_TRANSFER; approvals, mints and outgoing transfers are no payments.
 *   <li>R14 A scan that could not read its window is Incomplete, never NotFound.
 *   <li>R15 A provider that fails, or is behind the chain, makes the verdict Unavailable, never NotFound.
 *   <li>R16 By hash, that transaction alone is judged; one that a fresh provider does not know until the deadline is
 *       NotFound.
 *   <li>R17 The same transfer listed twice counts once; asking again gives the same answer.
 *   <li>R18 Bad input is an {@link IllegalArgumentException} before anything is sent.
 *   <li>R19 An interrupt ends a call at once, with the flag set.
 *   <li>R20 After {@link #close()} every call is an {@link IllegalStateException}; closing twice does nothing.
 * </ul>
 *
 * @since 0.1.0
 */
public interface PaymentVerifier extends AutoCloseable {

  /**
   * Looks for the payment of an order in the recipient's transfers.
   *
   * @param request what is expected
   * @return the verdict
   * @throws IllegalArgumentException if the verifier cannot serve the request's asset, or its recipient is no address
   * @throws IllegalStateException after {@link #close()}
   */
  default Verification verify(PaymentRequest request) {
    return verifyAll(List.of(request)).get(0);
  }

  /**
   * Judges one transaction as the payment of an order.
   *
   * @param request what is expected
   * @param transactionHash 32 bytes as hex, with or without {@code 0x}, in any case; white space around it is dropped
   * @return the verdict
   * @throws IllegalArgumentException if the hash is not one, the verifier cannot serve the request's asset, or its recipient
   *     is no address
   * @throws IllegalStateException after {@link #close()}
   */
  Verification verify(PaymentRequest request, String transactionHash);

  /**
   * Looks for the payments of many orders, with one scan for each wallet and asset.
   *
   * @param requests what is expected
   * @return the verdicts, in the order of the requests
   * @throws IllegalArgumentException if one of the requests cannot be served; then nothing was asked
   * @throws IllegalStateException after {@link #close()}
   */
  List<Verification> verifyAll(List<PaymentRequest> requests);

  /**
   * Runs {@link #verify(PaymentRequest)} on the executor.
   *
   * @param request what is expected
   * @param executor where the call blocks, for instance one of virtual threads
   * @return a future whose {@code cancel(true)} interrupts the running check
   */
  default CompletableFuture<Verification> verifyAsync(PaymentRequest request, Executor executor) {
    return InterruptibleFuture.run(() -> verify(request), executor);
  }

  /** Releases connections. Idempotent. Calls that are under way end with {@link Verification.Unavailable} or are finished. */
  @Override
  void close();
}
