package io.x0tta6bl4.payment.ton.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
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

/** The same rules over a tree, written the plain way: every row's comment from its cells, every row's link to the next. */
final class TreeVerifier {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PaymentRequest request;
  private final Instant now;
  private final long headTime;
  private final TonAddress recipient;

  TreeVerifier(PaymentRequest request, Instant now, long headTime) {
    this.request = request;
    this.now = now;
    this.headTime = headTime;
    this.recipient = TonAddress.parse(request.recipient(), false);
  }

  Verification verify(byte[] body) throws IOException {
    List<Transfer> transfers = new ArrayList<>();
    JsonNode newer = null;
    for (JsonNode row : MAPPER.readTree(body).required("transactions")) {
      if (newer != null && !newer.required("prev_trans_hash").textValue().equals(row.required("hash").textValue())) {
        throw new IllegalStateException("a gap");
      }
      newer = row;
      Transfer transfer = transfer(row);
      if (transfer != null) {
        transfers.add(transfer);
      }
    }
    OrderIndex orders = new OrderIndex(List.of(new Wanted(request, request.recipient())));
    return ScanJudge.judge(orders, new Scan(transfers, Scan.WHOLE, List.of()), now).get(0);
  }

  private Transfer transfer(JsonNode row) {
    JsonNode in = row.required("in_msg");
    BigInteger credit = row.required("credit_phase").required("credit").bigIntegerValue();
    if (!in.required("msg_type").textValue().equals("int_msg")
        || in.required("bounced").booleanValue()
        || credit.signum() == 0
        || !TonAddress.parse(row.required("account").required("address").textValue(), true).equals(recipient)) {
      return null;
    }
    Body body;
    try {
      body = Body.of(HexFormat.of().parseHex(in.required("raw_body").textValue()));
    } catch (MalformedCellException e) {
      return null;
    }
    if (!(body instanceof Body.Comment comment)) {
      return null;
    }
    long utime = row.required("utime").longValue();
    return new Transfer(
        new TransferId(TonApi.ID, row.required("hash").textValue(), 0),
        TonAddress.parse(in.required("source").required("address").textValue(), true).toRaw(),
        request.recipient(),
        new Amount(Asset.TON, credit),
        comment.memo(),
        Instant.ofEpochSecond(utime),
        utime <= headTime ? Finality.FINAL : Finality.PENDING,
        row.required("success").booleanValue() ? Execution.SUCCEEDED : Execution.CREDITED_BUT_FAILED);
  }
}
