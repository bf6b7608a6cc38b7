package io.x0tta6bl4.payment.tron.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.internal.matching.OrderIndex;
import io.x0tta6bl4.payment.internal.matching.ScanJudge;
import io.x0tta6bl4.payment.internal.matching.Wanted;
import io.x0tta6bl4.payment.spi.Scan;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The same rules the plain way: the whole page as a tree, then row after row. */
final class TreeVerifier {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PaymentRequest request;
  private final TronAddress recipient;
  private final TronAddress contract;
  private final Instant now;
  private final long solidTime;
  private final boolean filtersFirst;

  /**
   * Makes a verifier.
   *
   * @param filtersFirst whether hash and addresses are checked only where the memo is that of the order, as we do;
   *     otherwise every row is checked
   */
  TreeVerifier(PaymentRequest request, Instant now, long solidTime, boolean filtersFirst) {
    this.request = request;
    this.recipient = TronAddress.parse(request.recipient());
    this.contract = TronAddress.parse(request.asset().contract());
    this.now = now;
    this.solidTime = solidTime;
    this.filtersFirst = filtersFirst;
  }

  Verification verify(byte[] body) throws IOException {
    JsonNode root = MAPPER.readTree(body);
    OrderIndex orders = new OrderIndex(List.of(new Wanted(request, request.recipient())));
    List<Transfer> transfers = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (JsonNode row : root.required("data")) {
      try {
        Transfer transfer = transfer(row, orders);
        if (transfer != null) {
          transfers.add(transfer);
        }
      } catch (MalformedTransactionException | IllegalArgumentException e) {
        unreadable.add(e.getMessage());
      }
    }
    return ScanJudge.judge(orders, new Scan(transfers, Scan.WHOLE, unreadable), now).get(0);
  }

  private Transfer transfer(JsonNode row, OrderIndex orders) throws MalformedTransactionException {
    String hash = row.required("transaction_id").textValue();
    JsonNode token = row.required("token_info");
    BigInteger units = new BigInteger(row.required("value").textValue());
    long blockTime = row.required("block_timestamp").longValue();
    if (!row.required("type").textValue().equals("Transfer") || units.signum() == 0 || !isInWindow(blockTime)) {
      return null;
    }
    if (token.required("decimals").intValue() != request.asset().decimals()) {
      throw new MalformedTransactionException("decimals");
    }
    JsonNode detail = row.required("detail");
    byte[] bytes = HexFormat.of().parseHex(detail.required("raw_data_hex").textValue());
    RawTransaction raw = RawTransaction.decode(bytes);
    Amount amount = new Amount(request.asset(), units);
    if (filtersFirst && !orders.mayMatter(amount, raw.memo())) {
      return null;
    }
    if (!TronAddress.parse(token.required("address").textValue()).equals(contract)
        || !TronAddress.parse(row.required("to").textValue()).equals(recipient)) {
      return null;
    }
    if (!HexFormat.of().formatHex(Sha256.of(bytes)).equals(hash) || !detail.required("txID").textValue().equals(hash)) {
      throw new MalformedTransactionException("hash");
    }
    if (!detail.required("ret").required(0).required("contractRet").textValue().equals(TronTransaction.SUCCESS)) {
      return null;
    }
    if (!(raw.call() instanceof Call.TokenTransfer call)
        || !call.contract().equals(contract)
        || !call.to().equals(recipient)
        || !call.from().equals(TronAddress.parse(row.required("from").textValue()))
        || !call.amount().equals(units)) {
      throw new MalformedTransactionException("call");
    }
    return new Transfer(
        new TransferId(TronGrid.ID, hash, 0),
        row.required("from").textValue(),
        request.recipient(),
        amount,
        raw.memo(),
        Instant.ofEpochMilli(blockTime),
        blockTime <= solidTime ? Finality.FINAL : Finality.PENDING,
        Execution.SUCCEEDED);
  }

  private boolean isInWindow(long blockTime) {
    return blockTime >= now.minus(request.maxAge()).toEpochMilli() && blockTime <= now.plusSeconds(120).toEpochMilli();
  }
}
