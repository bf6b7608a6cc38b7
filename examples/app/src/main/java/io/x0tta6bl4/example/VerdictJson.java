package io.x0tta6bl4.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as one JSON object on one line. All keys are always there; what a verdict does not have is {@code null}, except
 * that {@code excess} and {@code surplus} are {@code "0"} then.
 */
final class VerdictJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private VerdictJson() {}

  static String of(String network, String asset, Verification verdict) {
    ObjectNode json = MAPPER.createObjectNode();
    List<Transfer> transfers = transfers(verdict);
    Transfer shown = transfers.isEmpty() ? null : transfers.get(transfers.size() - 1);
    json.put("status", status(verdict));
    json.put("reason", verdict instanceof Verification.Rejected rejected ? rejected.reason().name() : null);
    json.put("verified", verdict.isVerified());
    json.put("network", network);
    json.put("asset", asset);
    json.put("order_id", verdict.request().orderId());
    json.put("transaction_hash", shown == null ? null : shown.id().transactionHash());
    var hashes = json.putArray("transaction_hashes");
    transfers.stream().map(t -> t.id().transactionHash()).distinct().forEach(hashes::add);
    json.put("amount", received(verdict).map(VerdictJson::decimal).orElse(null));
    json.put("excess", verdict.verified().map(v -> decimal(v.excess())).orElse("0"));
    json.put("surplus", verdict.verified().map(v -> decimal(v.surplusTotal())).orElse("0"));
    json.put("memo", shown != null && shown.memo() instanceof Memo.Text text ? text.value() : null);
    json.put("timestamp", shown == null || shown.blockTime() == null ? null : shown.blockTime().toEpochMilli());
    json.put("error", error(verdict));
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can always be written", e);
    }
  }

  private static String status(Verification verdict) {
    return switch (verdict) {
      case Verification.Verified verified -> "VERIFIED";
      case Verification.Pending pending -> "PENDING";
      case Verification.Rejected rejected -> "REJECTED";
      case Verification.NotFound notFound -> "NOT_FOUND";
      case Verification.Incomplete incomplete -> "INCOMPLETE";
      case Verification.Unavailable unavailable -> "UNAVAILABLE";
    };
  }

  private static List<Transfer> transfers(Verification verdict) {
    return switch (verdict) {
      case Verification.Verified verified -> verified.transfers();
      case Verification.Pending pending -> pending.transfers();
      case Verification.Rejected rejected -> rejected.transfers();
      case Verification.NotFound notFound -> List.of();
      case Verification.Incomplete incomplete -> List.of();
      case Verification.Unavailable unavailable -> List.of();
    };
  }

  private static Optional<Amount> received(Verification verdict) {
    return switch (verdict) {
      case Verification.Verified verified -> Optional.of(verified.total());
      case Verification.Pending pending when !pending.transfers().isEmpty() -> Optional.of(pending.total());
      // Another token's decimals are not known, and its amount is none of the asked asset.
      case Verification.Rejected rejected -> rejected.received().filter(a -> a.asset().isSameToken(rejected.request().asset()));
      default -> Optional.empty();
    };
  }

  private static @Nullable String error(Verification verdict) {
    List<String> sentences = new ArrayList<>();
    if (verdict instanceof Verification.Incomplete incomplete) {
      sentences.add(incomplete.detail());
    }
    if (verdict instanceof Verification.Unavailable unavailable) {
      sentences.add(unavailable.detail());
    }
    sentences.addAll(verdict.notes());
    return sentences.isEmpty() ? null : OneLine.of(String.join("; ", sentences));
  }

  /** {@code 25}, not {@code 25.000000}: scripts compare the text with what they asked for. */
  private static String decimal(Amount amount) {
    return amount.units().signum() == 0 ? "0" : amount.toDecimal().stripTrailingZeros().toPlainString();
  }
}
