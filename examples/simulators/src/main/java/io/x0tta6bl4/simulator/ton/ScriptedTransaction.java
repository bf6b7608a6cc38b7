package io.x0tta6bl4.simulator.ton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A payment of a {@link ScriptedTonApi}, which is several transactions: those of the sender, of the jetton wallets and of the
 * recipient. Made by {@link #of} or {@link #mint}; each method gives a changed copy.
 *
 * <p>By default it is successful, without a memo, in the first block of 2026 and final, and jettons are notified.
 */
public final class ScriptedTransaction {

  /** Whose transaction of a payment. */
  public enum Role {
    /** The sender's own, which an external message causes. */
    SENDER,
    /** That of the sender's jetton wallet. */
    SENDERS_WALLET,
    /** That of the recipient's jetton wallet, which the jetton history names. */
    RECIPIENTS_WALLET,
    /** The recipient's own. */
    RECIPIENT,
    /** The sender's, by which a bounced message comes back to him. */
    RETURN
  }

  /** What became of it. */
  public enum Outcome {
    SUCCEEDED,
    /** The money went back. */
    BOUNCED,
    /** The money is there, and the computation ran out of gas. */
    OUT_OF_GAS,
    /** The money is there, though the recipient has no code yet. */
    NO_STATE
  }

  private boolean minted;
  private Asset asset = Asset.TON;
  private String from = "";
  private String to = "";
  private BigInteger units = BigInteger.ZERO;
  private byte[] memo = new byte[0];
  private boolean encrypted;
  private @Nullable CellWriter payload;
  private Instant blockTime = Instant.parse("2026-01-01T00:00:00Z");
  private long nonce;
  private boolean pending;
  private boolean noticed = true;
  private long noticeDelay;
  private boolean listedTwice;
  private Outcome outcome = Outcome.SUCCEEDED;
  private BigInteger queryId = BigInteger.ONE;
  private @Nullable String noticeSource;
  private @Nullable String noticeSender;
  private boolean raw = true;
  private boolean decoded = true;
  private Consumer<ObjectNode> edit = json -> {};
  private Consumer<ObjectNode> historyEdit = json -> {};

  private ScriptedTransaction() {}

  /** Makes a payment of the amount's asset: of jettons if it has a contract. */
  public static ScriptedTransaction of(String from, String to, Amount amount) {
    ScriptedTransaction made = new ScriptedTransaction();
    made.asset = amount.asset();
    made.from = from;
    made.to = to;
    made.units = amount.units();
    return made;
  }

  /** Lets the master make jettons for somebody. */
  public static ScriptedTransaction mint(String to, Amount amount) {
    ScriptedTransaction made = of(String.valueOf(amount.asset().contract()), to, amount);
    made.minted = true;
    made.noticed = false;
    return made;
  }

  /** Sets the text. */
  public ScriptedTransaction memo(String text) {
    return memo(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets the bytes of the text; none for none. */
  public ScriptedTransaction memo(byte[] bytes) {
    return changed(copy -> copy.memo = bytes.clone());
  }

  /** Encrypts the text. */
  public ScriptedTransaction encrypted() {
    return changed(copy -> copy.encrypted = true);
  }

  /** Puts other cells in the place of the text. */
  public ScriptedTransaction payload(CellWriter cells) {
    return changed(copy -> copy.payload = cells);
  }

  /** Sets the time of the recipient's block, in whole seconds. */
  public ScriptedTransaction at(Instant time) {
    return changed(copy -> copy.blockTime = time);
  }

  /** Makes it another one than one of the same content. */
  public ScriptedTransaction nonce(long number) {
    return changed(copy -> copy.nonce = number);
  }

  /** Puts its block above the newest masterchain block. */
  public ScriptedTransaction pending() {
    return changed(copy -> copy.pending = true);
  }

  /** Leaves the notification out, as a forward amount of 0 does. */
  public ScriptedTransaction withoutNotice() {
    return changed(copy -> copy.noticed = false);
  }

  /** Sends a notification, also of a mint. */
  public ScriptedTransaction noticed() {
    return changed(copy -> copy.noticed = true);
  }

  /** Lets the jettons come so many seconds before the recipient hears of it. */
  public ScriptedTransaction noticedAfter(long seconds) {
    return changed(copy -> copy.noticeDelay = seconds);
  }

  /** Lists its rows twice. */
  public ScriptedTransaction listedTwice() {
    return changed(copy -> copy.listedTwice = true);
  }

  /** Sets what became of it. */
  public ScriptedTransaction outcome(Outcome what) {
    return changed(copy -> copy.outcome = what);
  }

  /** Sets the query id of jettons. */
  public ScriptedTransaction queryId(BigInteger id) {
    return changed(copy -> copy.queryId = id);
  }

  /** Lets somebody else than the recipient's jetton wallet send the notification; no jettons move then. */
  public ScriptedTransaction forgedBy(String source) {
    return changed(copy -> copy.noticeSource = source);
  }

  /** Lets the notification name another sender. */
  public ScriptedTransaction claimingSender(String sender) {
    return changed(copy -> copy.noticeSender = sender);
  }

  /** Leaves {@code raw_body} out. */
  public ScriptedTransaction withoutRawBody() {
    return changed(copy -> copy.raw = false);
  }

  /** Leaves {@code decoded_body} out. */
  public ScriptedTransaction withoutDecodedBody() {
    return changed(copy -> copy.decoded = false);
  }

  /** Changes the JSON of the recipient's transaction. */
  public ScriptedTransaction edited(Consumer<ObjectNode> change) {
    return changed(copy -> copy.edit = change);
  }

  /** Changes its row of the jetton history. */
  public ScriptedTransaction historyEdited(Consumer<ObjectNode> change) {
    return changed(copy -> copy.historyEdit = change);
  }

  public boolean isMint() {
    return minted;
  }

  public boolean isJetton() {
    return asset.contract() != null;
  }

  public Asset asset() {
    return asset;
  }

  public String from() {
    return from;
  }

  public String to() {
    return to;
  }

  public BigInteger units() {
    return units;
  }

  public byte[] memo() {
    return memo.clone();
  }

  public boolean isEncrypted() {
    return encrypted;
  }

  public @Nullable CellWriter payload() {
    return payload;
  }

  public Instant blockTime() {
    return blockTime;
  }

  public boolean isPending() {
    return pending;
  }

  public boolean isNoticed() {
    return noticed;
  }

  public boolean isForged() {
    return noticeSource != null;
  }

  public @Nullable String noticeSource() {
    return noticeSource;
  }

  public @Nullable String noticeSender() {
    return noticeSender != null ? noticeSender : minted ? null : from;
  }

  public boolean isListedTwice() {
    return listedTwice;
  }

  public Outcome outcome() {
    return outcome;
  }

  public BigInteger queryId() {
    return queryId;
  }

  public boolean hasRawBody() {
    return raw;
  }

  public boolean hasDecodedBody() {
    return decoded;
  }

  public Consumer<ObjectNode> edit() {
    return edit;
  }

  public Consumer<ObjectNode> historyEdit() {
    return historyEdit;
  }

  /** When the jettons came, in seconds. */
  public long walletTime() {
    return blockTime.getEpochSecond() - noticeDelay;
  }

  /** Gives the hash by which it is one transfer: the recipient's transaction, or that of his wallet if he heard nothing. */
  public String hash() {
    return hash(isJetton() && (!noticed || outcome == Outcome.BOUNCED) ? Role.RECIPIENTS_WALLET : Role.RECIPIENT);
  }

  /** Gives the hash of one of its transactions. */
  public String hash(Role role) {
    return sha256("transaction " + content() + role);
  }

  /** Gives the hash of the message that causes one of its transactions. */
  public String messageHash(Role role) {
    return sha256("message " + content() + role);
  }

  private String content() {
    return asset.contract() + from + to + units + HexFormat.of().formatHex(memo) + blockTime + nonce + minted + noticeSource
        + queryId;
  }

  public static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private ScriptedTransaction changed(Consumer<ScriptedTransaction> change) {
    ScriptedTransaction copy = new ScriptedTransaction();
    copy.minted = minted;
    copy.asset = asset;
    copy.from = from;
    copy.to = to;
    copy.units = units;
    copy.memo = memo;
    copy.encrypted = encrypted;
    copy.payload = payload;
    copy.blockTime = blockTime;
    copy.nonce = nonce;
    copy.pending = pending;
    copy.noticed = noticed;
    copy.noticeDelay = noticeDelay;
    copy.listedTwice = listedTwice;
    copy.outcome = outcome;
    copy.queryId = queryId;
    copy.noticeSource = noticeSource;
    copy.noticeSender = noticeSender;
    copy.raw = raw;
    copy.decoded = decoded;
    copy.edit = edit;
    copy.historyEdit = historyEdit;
    change.accept(copy);
    return copy;
  }
}
