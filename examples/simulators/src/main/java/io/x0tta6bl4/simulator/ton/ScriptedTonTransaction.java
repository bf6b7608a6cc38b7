package io.x0tta6bl4.simulator.ton;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Outcome;
import io.x0tta6bl4.simulator.ton.ScriptedTransaction.Role;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One transaction of a {@link ScriptedTransaction} in tonapi's JSON, chained to the one before it on its account. */
public final class ScriptedTonTransaction {

  private static final BigInteger FOR_GAS = BigInteger.valueOf(50_000_000);
  private static final ObjectNode TEMPLATE = Answers.tree("synthetic-transaction-by-hash.json");

  private final ScriptedTransaction payment;
  private final Role role;
  private final long lt;
  private @Nullable ScriptedTonTransaction previous;

  private ScriptedTonTransaction(ScriptedTransaction payment, Role role, int index) {
    this.payment = payment;
    this.role = role;
    this.lt = payment.blockTime().getEpochSecond() * 36_000 + index * 10L + role.ordinal() + 1;
  }

  /** Gives all transactions of payments that are in the order of their blocks. */
  public static List<ScriptedTonTransaction> of(List<ScriptedTransaction> payments) {
    List<ScriptedTonTransaction> all = new ArrayList<>();
    for (int i = 0; i < payments.size(); i++) {
      for (Role role : roles(payments.get(i))) {
        all.add(new ScriptedTonTransaction(payments.get(i), role, i));
      }
    }
    Map<String, ScriptedTonTransaction> newest = new HashMap<>();
    for (ScriptedTonTransaction transaction : all) {
      transaction.previous = newest.put(transaction.account(), transaction);
    }
    return all;
  }

  private static List<Role> roles(ScriptedTransaction payment) {
    if (payment.isForged()) {
      return List.of(Role.RECIPIENT);
    }
    List<Role> roles = new ArrayList<>();
    if (!payment.isMint()) {
      roles.add(Role.SENDER);
    }
    if (payment.isJetton()) {
      if (!payment.isMint()) {
        roles.add(Role.SENDERS_WALLET);
      }
      roles.add(Role.RECIPIENTS_WALLET);
    }
    boolean arrives = !payment.isJetton() || (payment.isNoticed() && payment.outcome() != Outcome.BOUNCED);
    if (arrives) {
      roles.add(Role.RECIPIENT);
    }
    if (!payment.isJetton() && payment.outcome() == Outcome.BOUNCED) {
      roles.add(Role.RETURN);
    }
    return roles;
  }

  public ScriptedTransaction payment() {
    return payment;
  }

  public Role role() {
    return role;
  }

  public long lt() {
    return lt;
  }

  public long utime() {
    return role == Role.RECIPIENT || role == Role.RETURN ? payment.blockTime().getEpochSecond() : payment.walletTime();
  }

  public String hash() {
    return payment.hash(role);
  }

  public String messageHash() {
    return payment.messageHash(role);
  }

  public String account() {
    return switch (role) {
      case SENDER, RETURN -> payment.from();
      case SENDERS_WALLET -> ScriptedTonApi.wallet(master(), payment.from());
      case RECIPIENTS_WALLET -> ScriptedTonApi.wallet(master(), payment.to());
      case RECIPIENT -> payment.to();
    };
  }

  /** Whether it gave the money back. */
  public boolean isBounced() {
    return payment.outcome() == Outcome.BOUNCED
        && role == (payment.isJetton() ? Role.RECIPIENTS_WALLET : Role.RECIPIENT);
  }

  private String master() {
    return String.valueOf(payment.asset().contract());
  }

  /** Gives it in the shape of {@code /v2/blockchain/transactions/{hash}}. */
  public ObjectNode json() {
    ObjectNode json = TEMPLATE.deepCopy();
    json.put("hash", hash()).put("lt", lt).put("utime", utime());
    json.set("account", account(account()));
    ScriptedTonTransaction before = previous;
    if (before == null) {
      json.remove(List.of("prev_trans_hash", "prev_trans_lt"));
    } else {
      json.put("prev_trans_hash", before.hash()).put("prev_trans_lt", before.lt());
    }
    BigInteger value = value();
    json.set("in_msg", inMessage(value));
    if (role == Role.SENDER) {
      json.remove("credit_phase");
    } else {
      ((ObjectNode) json.get("credit_phase")).put("credit", value);
    }
    Outcome outcome = role == Role.RECIPIENT || isBounced() ? payment.outcome() : Outcome.SUCCEEDED;
    switch (outcome) {
      case BOUNCED -> {
        failed(json, 132);
        json.put("bounce_phase", "TrPhaseBounceOk");
      }
      case OUT_OF_GAS -> failed(json, -14);
      case NO_STATE -> {
        json.put("aborted", true).remove("action_phase");
        json.set("compute_phase", Answers.JSON.createObjectNode().put("skipped", true).put("skip_reason", "cskip_no_state"));
      }
      case SUCCEEDED -> {}
    }
    addOut((ArrayNode) json.get("out_msgs"), value);
    if (role == Role.RECIPIENT || (role == Role.RECIPIENTS_WALLET && payment.hash().equals(hash()))) {
      payment.edit().accept(json);
    }
    return json;
  }

  private static void failed(ObjectNode json, int exitCode) {
    json.put("success", false).put("aborted", true).remove("action_phase");
    ((ObjectNode) json.get("compute_phase")).put("success", false).put("exit_code", exitCode);
  }

  /** The nanoton that come with the message. */
  private BigInteger value() {
    if (role == Role.SENDER) {
      return BigInteger.ZERO;
    }
    return !payment.isJetton() ? payment.units() : role == Role.RECIPIENT ? BigInteger.ONE : FOR_GAS;
  }

  private ObjectNode inMessage(BigInteger value) {
    ObjectNode message = (ObjectNode) TEMPLATE.get("in_msg").deepCopy();
    message.put("created_lt", lt - 3).put("created_at", sentAt()).put("value", value).put("hash", messageHash());
    message.set("destination", account(account()));
    message.remove(List.of("raw_body", "op_code", "decoded_op_name", "decoded_body"));
    if (role == Role.SENDER) {
      message.put("msg_type", "ext_in_msg").put("created_lt", 0).put("bounce", false).remove("source");
      message.put("op_code", "0x7369676e");
      message.put("decoded_op_name", "wallet_signed_v4").putObject("decoded_body").put("op", 0).put("seqno", 7);
      return message;
    }
    message.set("source", account(source()));
    message.put("bounce", role != Role.RETURN && payment.outcome() != Outcome.OUT_OF_GAS && payment.outcome() != Outcome.NO_STATE);
    message.put("bounced", role == Role.RETURN);
    addBody(message, role);
    return message;
  }

  /** The chain dates a message by the block of the transaction that sends it: of a notification, when the jettons came. */
  private long sentAt() {
    return role == Role.RECIPIENT && payment.isJetton() ? payment.walletTime() : utime() - 6;
  }

  private String source() {
    String forged = payment.noticeSource();
    return switch (role) {
      case SENDERS_WALLET -> payment.from();
      case RECIPIENTS_WALLET -> payment.isMint() ? master() : ScriptedTonApi.wallet(master(), payment.from());
      case RETURN -> payment.to();
      default ->
          forged != null ? forged : payment.isJetton() ? ScriptedTonApi.wallet(master(), payment.to()) : payment.from();
    };
  }

  private void addBody(ObjectNode message, Role of) {
    if (of == Role.RETURN) {
      message.put("op_code", "0xffffffff").put("raw_body", CellWriter.bounced().hex());
    } else if (payment.isJetton()) {
      addJettonBody(message, of);
    } else {
      CellWriter cells = payload();
      if (cells == null) {
        return;
      }
      String op = payment.payload() != null ? "0x00000001" : payment.isEncrypted() ? "0x2167da4b" : "0x00000000";
      message.put("op_code", op);
      if (payment.hasRawBody()) {
        message.put("raw_body", cells.hex());
      }
      if (payment.hasDecodedBody() && payment.isEncrypted()) {
        message.put("decoded_op_name", "encrypted_text_comment").putObject("decoded_body").put("cipher_text", "c806");
      } else if (payment.hasDecodedBody() && payment.payload() == null) {
        message.put("decoded_op_name", "text_comment").putObject("decoded_body").put("text", text());
      }
    }
  }

  private void addJettonBody(ObjectNode message, Role of) {
    CellWriter cells;
    String op;
    String name;
    ObjectNode decoded = Answers.JSON.createObjectNode();
    decoded.put("query_id", payment.queryId()).put("amount", payment.units().toString());
    if (of == Role.RECIPIENT) {
      op = "0x7362d09c";
      name = "jetton_notify";
      cells = CellWriter.notification(payment.queryId(), payment.units(), payment.noticeSender(), payload());
      String sender = payment.noticeSender();
      decoded.put("sender", sender == null ? "" : sender);
    } else if (of == Role.RECIPIENTS_WALLET) {
      op = "0x178d4519";
      name = "jetton_internal_transfer";
      cells = CellWriter.internalTransfer(payment.queryId(), payment.units(), payment.isMint() ? null : payment.from(), payload());
      decoded.put("from", payment.isMint() ? "" : payment.from());
    } else {
      op = "0x0f8a7ea5";
      name = "jetton_transfer";
      cells = new CellWriter().number(0x0f8a7ea5L, 32).number(payment.queryId(), 64).coins(payment.units()).address(payment.to());
      decoded.put("destination", payment.to());
    }
    ObjectNode forward = decoded.putObject("forward_payload");
    forward.put("is_right", payload() != null);
    forward.set("value", sum("sum_type", "op_code", "value", "text"));
    message.put("op_code", op);
    if (payment.hasRawBody()) {
      message.put("raw_body", cells.hex());
    }
    if (payment.hasDecodedBody()) {
      message.put("decoded_op_name", name).set("decoded_body", decoded);
    }
  }

  private @Nullable CellWriter payload() {
    CellWriter other = payment.payload();
    if (other != null) {
      return other;
    }
    if (payment.isEncrypted()) {
      return CellWriter.encrypted(payment.memo());
    }
    return payment.memo().length == 0 ? null : CellWriter.comment(payment.memo());
  }

  /** The text as tonapi gives it: JSON has no bytes that are not UTF-8, so that U+FFFD stands in their place. */
  private String text() {
    return new String(payment.memo(), StandardCharsets.UTF_8);
  }

  private ObjectNode sum(String type, String op, String value, String text) {
    ObjectNode sum = Answers.JSON.createObjectNode();
    if (payment.payload() != null) {
      return sum.put(type, "Cell").put(op, 1).put(value, "b5ee9c72");
    }
    if (payment.isEncrypted()) {
      sum.put(type, "EncryptedTextComment").put(op, 0x2167da4bL).putObject(value).put("CipherText", "c806");
    } else if (payment.memo().length > 0) {
      sum.put(type, "TextComment").put(op, 0).putObject(value).put(text, text());
    }
    return sum;
  }

  private void addOut(ArrayNode out, BigInteger value) {
    Role next =
        switch (role) {
          case SENDER -> payment.isJetton() ? Role.SENDERS_WALLET : Role.RECIPIENT;
          case SENDERS_WALLET -> Role.RECIPIENTS_WALLET;
          case RECIPIENTS_WALLET -> payment.isNoticed() && !isBounced() ? Role.RECIPIENT : null;
          case RECIPIENT -> isBounced() ? Role.RETURN : null;
          case RETURN -> null;
        };
    if (next == null) {
      return;
    }
    ScriptedTonTransaction caused = new ScriptedTonTransaction(payment, next, 0);
    ObjectNode message = out.addObject();
    message.put("msg_type", "int_msg").put("created_lt", lt + 1).put("ihr_disabled", true).put("bounce", false);
    message.put("bounced", next == Role.RETURN).put("value", next == Role.RETURN ? value : caused.value());
    message.put("fwd_fee", 266_669).put("ihr_fee", 0);
    message.set("destination", account(caused.account()));
    message.set("source", account(account()));
    message.put("import_fee", 0).put("created_at", utime()).put("hash", caused.messageHash());
    caused.addBody(message, next);
  }

  /** Gives its row of {@code /v2/jettons/{jetton}/accounts/{account}/history}. */
  public ObjectNode operation() {
    ObjectNode row = (ObjectNode) Answers.tree("synthetic-jetton-history.json").get("operations").get(0);
    row.put("operation", payment.isMint() ? "mint" : "transfer").put("utime", utime()).put("lt", lt);
    row.put("transaction_hash", hash()).put("amount", payment.units().toString()).put("query_id", payment.queryId().toString());
    row.put("trace_id", payment.hash(Role.SENDER));
    if (payment.isMint()) {
      row.remove("source");
    } else {
      row.set("source", account(payment.from()));
    }
    row.set("destination", account(payment.to()));
    ((ObjectNode) row.get("jetton")).put("address", master()).put("symbol", payment.asset().symbol());
    row.set("payload", sum("SumType", "OpCode", "Value", "Text"));
    payment.historyEdit().accept(row);
    return row;
  }

  private static ObjectNode account(String address) {
    return Answers.JSON.createObjectNode().put("address", address).put("is_scam", false).put("is_wallet", true);
  }
}
