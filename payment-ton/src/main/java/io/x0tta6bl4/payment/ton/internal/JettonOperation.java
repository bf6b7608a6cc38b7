package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.http.JsonValue;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of a jetton history, schema {@code JettonOperation} of tonapi's OpenAPI description.
 *
 * @param type {@code transfer}, {@code mint} or {@code burn}
 * @param utime seconds
 * @param lt logical time
 * @param transactionHash 64 characters of lower-case hex
 * @param source who sent the tokens, if anybody
 * @param destination who received them, if anybody
 * @param amount atomic units
 * @param master the jetton
 * @param queryId the sender's number for the transfer; many wallets always use 0
 * @param memo what the payload says
 */
record JettonOperation(
    String type,
    long utime,
    long lt,
    String transactionHash,
    Optional<TonAddress> source,
    Optional<TonAddress> destination,
    BigInteger amount,
    TonAddress master,
    BigInteger queryId,
    Memo memo) {

  static JettonOperation read(JsonValue row) {
    return new JettonOperation(
        row.at("operation").text(),
        row.at("utime").longNumber(),
        row.at("lt").longNumber(),
        hash(row.at("transaction_hash")),
        row.find("source").map(JettonOperation::address),
        row.find("destination").map(JettonOperation::address),
        amount(row.at("amount")),
        address(row.at("jetton")),
        row.at("query_id").wholeNumber(),
        DecodedBody.operationPayload(row));
  }

  private static BigInteger amount(JsonValue value) {
    BigInteger amount = value.wholeNumber();
    if (amount.bitLength() > 256) {
      throw value.unexpected("a number below 2^256");
    }
    return amount;
  }

  private static String hash(JsonValue value) {
    String hash = value.text().toLowerCase(Locale.ROOT);
    if (!hash.matches("[0-9a-f]{64}")) {
      throw value.unexpected("a hash");
    }
    return hash;
  }

  private static TonAddress address(JsonValue account) {
    JsonValue address = account.at("address");
    try {
      return TonAddress.parse(address.text(), true);
    } catch (IllegalArgumentException e) {
      throw address.unexpected("an address");
    }
  }
}
