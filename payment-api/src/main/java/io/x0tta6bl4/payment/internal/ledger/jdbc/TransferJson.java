package io.x0tta6bl4.payment.internal.ledger.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transfers, and what an event tells of a wallet, as JSON that every database can keep: never with a NUL in it. */
final class TransferJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();
  private static final JsonFactory ASCII =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final ObjectReader READER = JsonMapper.builder(FACTORY).build().readerFor(JsonNode.class);

  private TransferJson() {}

  private interface Content {
    void to(JsonGenerator out) throws IOException;
  }

  static String of(Transfer transfer) {
    return text(out -> write(out, transfer));
  }

  static String of(List<Transfer> transfers) {
    return text(
        out -> {
          out.writeStartArray();
          for (Transfer transfer : transfers) {
            write(out, transfer);
          }
          out.writeEndArray();
        });
  }

  static String of(WalletEvent event) {
    return text(
        out -> {
          out.writeStartObject();
          out.writeStringField("id", event.id());
          out.writeStringField("chain", event.wallet().chain());
          nullable(out, "contract", event.wallet().contract());
          out.writeStringField("address", event.wallet().address());
          out.writeStringField("detail", event.detail());
          Transfer subject = event.subject();
          if (subject != null) {
            out.writeFieldName("transfer");
            write(out, subject);
          }
          out.writeEndObject();
        });
  }

  static Transfer transfer(String json) {
    return transfer(tree(json));
  }

  static List<Transfer> transfers(String json) {
    List<Transfer> transfers = new ArrayList<>();
    tree(json).forEach(node -> transfers.add(transfer(node)));
    return transfers;
  }

  static WalletEvent walletEvent(String type, Instant at, String json) {
    JsonNode node = tree(json);
    JsonNode subject = node.get("transfer");
    return new WalletEvent(
        text(node, "id"),
        new Wallet(text(node, "chain"), nullable(node, "contract"), text(node, "address")),
        WalletEvent.Type.valueOf(type),
        text(node, "detail"),
        subject == null ? null : transfer(subject),
        at);
  }

  private static void write(JsonGenerator out, Transfer transfer) throws IOException {
    Asset asset = transfer.amount().asset();
    out.writeStartObject();
    out.writeStringField("chain", transfer.id().chain());
    out.writeStringField("transaction", transfer.id().transactionHash());
    out.writeNumberField("index", transfer.id().index());
    nullable(out, "from", transfer.from());
    out.writeStringField("to", transfer.to());
    out.writeStringField("units", transfer.amount().units().toString());
    out.writeStringField("symbol", asset.symbol());
    nullable(out, "contract", asset.contract());
    out.writeNumberField("decimals", asset.decimals());
    if (!asset.chain().equals(transfer.id().chain())) {
      out.writeStringField("assetChain", asset.chain());
    }
    if (transfer.memo() instanceof Memo.Text memo) {
      out.writeStringField("memo", memo.value());
    } else if (transfer.memo() instanceof Memo.Unreadable) {
      out.writeBooleanField("unreadableMemo", true);
    }
    Instant blockTime = transfer.blockTime();
    if (blockTime != null) {
      out.writeNumberField("blockTime", blockTime.toEpochMilli());
    }
    out.writeStringField("finality", transfer.finality().name());
    out.writeStringField("execution", transfer.execution().name());
    out.writeEndObject();
  }

  private static Transfer transfer(JsonNode node) {
    String chain = text(node, "chain");
    String assetChain = nullable(node, "assetChain");
    Asset asset =
        new Asset(
            assetChain == null ? chain : assetChain,
            text(node, "symbol"),
            nullable(node, "contract"),
            node.required("decimals").intValue());
    JsonNode blockTime = node.get("blockTime");
    return new Transfer(
        new TransferId(chain, text(node, "transaction"), node.required("index").intValue()),
        nullable(node, "from"),
        text(node, "to"),
        new Amount(asset, new BigInteger(text(node, "units"))),
        memo(node),
        blockTime == null ? null : Instant.ofEpochMilli(blockTime.longValue()),
        Finality.valueOf(text(node, "finality")),
        Execution.valueOf(text(node, "execution")));
  }

  private static Memo memo(JsonNode node) {
    if (node.has("unreadableMemo")) {
      return Memo.UNREADABLE;
    }
    String memo = nullable(node, "memo");
    return memo == null ? Memo.ABSENT : new Memo.Text(memo);
  }

  private static String text(Content content) {
    String json = text(FACTORY, content);
    // A half of a surrogate pair has no place in UTF-8, but it has in JSON.
    return hasLoneSurrogate(json) ? text(ASCII, content) : json;
  }

  private static String text(JsonFactory factory, Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = factory.createGenerator(text)) {
      content.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode tree(String json) {
    try {
      return READER.readValue(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a row of the ledger is no JSON", e);
    }
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).textValue();
  }

  private static @Nullable String nullable(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null ? null : value.textValue();
  }

  private static void nullable(JsonGenerator out, String field, @Nullable String value) throws IOException {
    if (value != null) {
      out.writeStringField(field, value);
    }
  }
}
