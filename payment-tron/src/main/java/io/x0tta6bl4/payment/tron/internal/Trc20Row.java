package io.x0tta6bl4.payment.tron.internal;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code /v1/accounts/{address}/transactions/trc20}: one log of a transaction, without its place in it.
 *
 * @param txId 64 characters of lower-case hex
 * @param contract the token, as the provider spells it
 * @param decimals what the provider says of the token; -1 if nothing
 * @param type {@code Transfer}, {@code Approval} and the like
 * @param to recipient, as the provider spells it
 * @param value atomic units
 * @param blockTime milliseconds
 * @param unconfirmed what {@code _unconfirmed} says
 * @param detail the whole transaction, where the provider adds it
 */
record Trc20Row(
    String txId,
    String contract,
    long decimals,
    String type,
    String to,
    BigInteger value,
    long blockTime,
    boolean unconfirmed,
    @Nullable TronTransaction detail) {}
