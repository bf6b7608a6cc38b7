package io.x0tta6bl4.simulator.tron;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of a {@link ScriptedTronGrid}. Made by {@link #transfer}, {@link #approval}, {@link #mint} or
 * {@link #delegation}; each method gives a changed copy. Its bytes are real, and so its hash.
 *
 * <p>The asset of an amount says what moves: without a contract TRX, with {@code trc10:ID} a TRC10 token, else a TRC20 token.
 * By default it is successful, without a memo, in the first block of 2026 and final.
 */
public final class ScriptedTransaction {

  /** What a transaction does. */
  public enum Kind {
    /** It moves money. */
    TRANSFER,
    /** Somebody else moves the money of the owner, by {@code transferFrom}. */
    TRANSFER_FROM,
    /** It only allows somebody to move money. */
    APPROVAL,
    /** It makes tokens out of nothing. */
    MINT,
    /** It delegates energy: no payment at all. */
    DELEGATION
  }

  /** One transfer; {@code logged} is what really arrives, which a token with a fee makes less than the amount of the call. */
  public record Movement(String from, String to, Amount amount, BigInteger logged) {}

  /** The contract that transactions of several transfers call. */
  public static final String MULTISENDER = "TA2XDgnVmZuPbwbwN1aQYmVbemSumrkzSa";

  /** The address of nobody, from which minted tokens come. */
  public static final String NOBODY = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb";

  private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private Kind kind;
  private List<Movement> movements;
  private byte[] memo = new byte[0];
  private Instant blockTime = Instant.parse("2026-01-01T00:00:00Z");
  private long nonce;
  private @Nullable String result = "SUCCESS";
  private boolean pending;
  private boolean detailed = true;
  private boolean received = true;
  private boolean listedTwice;
  private Map<String, Object> rowOverrides = Map.of();
  private @Nullable Instant senderTime;
  /** Computed when it is asked for first: a listing asks for all of them, again and again. */
  private volatile @Nullable String hash;

  private ScriptedTransaction(Kind kind, List<Movement> movements) {
    this.kind = kind;
    this.movements = movements;
  }

  /** Makes a plain transfer. */
  public static ScriptedTransaction transfer(String from, String to, Amount amount) {
    return of(Kind.TRANSFER, from, to, amount);
  }

  /** Makes an {@code approve} of a token, which TronGrid lists among the transfers. */
  public static ScriptedTransaction approval(String owner, String spender, Amount amount) {
    return of(Kind.APPROVAL, owner, spender, amount);
  }

  /** Makes new tokens; {@code caller} signs. */
  public static ScriptedTransaction mint(String caller, String to, Amount amount) {
    return of(Kind.MINT, caller, to, amount);
  }

  /** Makes a delegation of energy. */
  public static ScriptedTransaction delegation(String from, String to) {
    return of(Kind.DELEGATION, from, to, Amount.ofUnits(Asset.TRX, 1_000_000));
  }

  private static ScriptedTransaction of(Kind kind, String from, String to, Amount amount) {
    return new ScriptedTransaction(kind, List.of(new Movement(from, to, amount, amount.units())));
  }

  /** Adds a transfer of a token: a contract then makes them all, so that only the logs tell of them. */
  public ScriptedTransaction and(String from, String to, Amount amount) {
    List<Movement> more = new ArrayList<>(movements);
    more.add(new Movement(from, to, amount, amount.units()));
    return changed(copy -> copy.movements = List.copyOf(more));
  }

  /** Lets less (or more) arrive than the call says. */
  public ScriptedTransaction logging(BigInteger units) {
    Movement first = movements.get(0);
    return changed(
        copy -> copy.movements = List.of(new Movement(first.from(), first.to(), first.amount(), units)));
  }

  /** Lets {@link #MULTISENDER} move it by {@code transferFrom}. */
  public ScriptedTransaction byTransferFrom() {
    return changed(copy -> copy.kind = Kind.TRANSFER_FROM);
  }

  /** Sets the memo. */
  public ScriptedTransaction memo(String text) {
    return memo(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets the memo's bytes; none for no memo. */
  public ScriptedTransaction memo(byte[] bytes) {
    return changed(copy -> copy.memo = bytes.clone());
  }

  /** Sets the time of the block. */
  public ScriptedTransaction at(Instant time) {
    return changed(copy -> copy.blockTime = time);
  }

  /** Sets the time that the sender chose; by default 2.5 s before the block's. */
  public ScriptedTransaction sentAt(Instant time) {
    return changed(copy -> copy.senderTime = time);
  }

  /** Makes it another transaction than one of the same content. */
  public ScriptedTransaction nonce(long number) {
    return changed(copy -> copy.nonce = number);
  }

  /** Lets the call fail, for instance with {@code REVERT}: nothing moves, and no listing of tokens shows it. */
  public ScriptedTransaction failed(String contractResult) {
    return changed(copy -> copy.result = contractResult);
  }

  /** Leaves the result out, as for a fresh transaction: no {@code ret}, and no receipt. */
  public ScriptedTransaction withoutResult() {
    return changed(copy -> copy.result = null);
  }

  /** Puts its block above the solidified head. */
  public ScriptedTransaction pending() {
    return changed(copy -> copy.pending = true);
  }

  /** Leaves {@code detail} out of its rows. */
  public ScriptedTransaction withoutDetail() {
    return changed(copy -> copy.detailed = false);
  }

  /** Answers <code>{}</code> for its receipt. */
  public ScriptedTransaction withoutReceipt() {
    return changed(copy -> copy.received = false);
  }

  /** Lists each of its rows twice, first as unconfirmed. */
  public ScriptedTransaction listedTwice() {
    return changed(copy -> copy.listedTwice = true);
  }

  /** Replaces fields of its TRC20 rows, {@code token_info} as a whole; a {@code null} is a JSON null. */
  public ScriptedTransaction row(String field, @Nullable Object value) {
    Map<String, Object> overrides = new LinkedHashMap<>(rowOverrides);
    overrides.put(field, value);
    return changed(copy -> copy.rowOverrides = overrides);
  }

  /** Gives its hash in lower-case hex. */
  public String hash() {
    String known = hash;
    if (known == null) {
      known = computeHash();
      hash = known;
    }
    return known;
  }

  private String computeHash() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rawData()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  public Kind kind() {
    return kind;
  }

  public List<Movement> movements() {
    return movements;
  }

  public byte[] memo() {
    return memo.clone();
  }

  public Instant blockTime() {
    return blockTime;
  }

  public @Nullable String result() {
    return result;
  }

  public boolean isPending() {
    return pending;
  }

  public boolean hasDetail() {
    return detailed;
  }

  public boolean hasReceipt() {
    return received && result != null;
  }

  public boolean isListedTwice() {
    return listedTwice;
  }

  public Map<String, Object> rowOverrides() {
    return rowOverrides;
  }

  public boolean succeeded() {
    return "SUCCESS".equals(result);
  }

  /** Whether a contract is called. */
  public boolean isCall() {
    return contractType() == RawTransactionBytes.TRIGGER;
  }

  public long sentMillis() {
    return senderTime != null ? senderTime.toEpochMilli() : blockTime.toEpochMilli() - 2_500;
  }

  public byte[] refBlockHash() {
    return ByteBuffer.allocate(Long.BYTES).putLong(0x087475615681c1acL ^ nonce).array();
  }

  /** The chain takes a transaction into a block only before this, whatever the sender's clock says. */
  public long expirationMillis() {
    return blockTime().toEpochMilli() + 57_500;
  }

  public byte[] rawData() {
    boolean call = isCall();
    return RawTransactionBytes.transaction(
        new RawTransactionBytes.Frame(
            new byte[] {0x76, 0x48}, refBlockHash(), expirationMillis(), memo, sentMillis(), call ? 100_000_000 : 0),
        contractType(),
        contractName(),
        contractValue());
  }

  public int contractType() {
    Asset asset = movements.get(0).amount().asset();
    if (kind == Kind.DELEGATION) {
      return 57;
    }
    if (kind == Kind.TRANSFER && movements.size() == 1 && asset.contract() == null) {
      return RawTransactionBytes.TRANSFER;
    }
    return isTrc10(asset) ? RawTransactionBytes.TRANSFER_ASSET : RawTransactionBytes.TRIGGER;
  }

  public String contractName() {
    return switch (contractType()) {
      case RawTransactionBytes.TRANSFER -> "TransferContract";
      case RawTransactionBytes.TRANSFER_ASSET -> "TransferAssetContract";
      case RawTransactionBytes.TRIGGER -> "TriggerSmartContract";
      default -> "DelegateResourceContract";
    };
  }

  /** The contract that is called. */
  public String called() {
    return movements.size() > 1 ? MULTISENDER : String.valueOf(movements.get(0).amount().asset().contract());
  }

  public byte[] callData() {
    Movement first = movements.get(0);
    byte[] to = RawTransactionBytes.word(bytes(first.to()));
    byte[] units = RawTransactionBytes.word(first.amount().units());
    if (movements.size() > 1) {
      return RawTransactionBytes.callData("5ea60a1b", to, units);
    }
    return switch (kind) {
      case APPROVAL -> RawTransactionBytes.callData("095ea7b3", to, units);
      case MINT -> RawTransactionBytes.callData("cc872b66", units);
      case TRANSFER_FROM ->
          RawTransactionBytes.callData("23b872dd", RawTransactionBytes.word(bytes(first.from())), to, units);
      default -> RawTransactionBytes.callData("a9059cbb", to, units);
    };
  }

  /** Who signs. */
  public String owner() {
    return kind == Kind.TRANSFER_FROM ? MULTISENDER : movements.get(0).from();
  }

  private byte[] contractValue() {
    Movement first = movements.get(0);
    byte[] from = bytes(first.from());
    long units = first.amount().units().bitLength() < 64 ? first.amount().units().longValue() : 0;
    return switch (contractType()) {
      case RawTransactionBytes.TRANSFER -> RawTransactionBytes.transfer(from, bytes(first.to()), units);
      case RawTransactionBytes.TRANSFER_ASSET ->
          RawTransactionBytes.transferAsset(trc10Id(first.amount().asset()), from, bytes(first.to()), units);
      case RawTransactionBytes.TRIGGER ->
          RawTransactionBytes.trigger(bytes(owner()), bytes(called()), 0, callData());
      default -> RawTransactionBytes.transfer(from, bytes(first.to()), units);
    };
  }

  /** From whom the log says that a movement comes. */
  public String logFrom(Movement movement) {
    return kind == Kind.MINT ? NOBODY : movement.from();
  }

  private ScriptedTransaction changed(Consumer<ScriptedTransaction> change) {
    ScriptedTransaction copy = new ScriptedTransaction(kind, movements);
    copy.memo = memo;
    copy.blockTime = blockTime;
    copy.nonce = nonce;
    copy.result = result;
    copy.pending = pending;
    copy.detailed = detailed;
    copy.received = received;
    copy.listedTwice = listedTwice;
    copy.rowOverrides = rowOverrides;
    copy.senderTime = senderTime;
    change.accept(copy);
    return copy;
  }

  public static boolean isTrc10(Asset asset) {
    return asset.contract() != null && asset.contract().startsWith("trc10:");
  }

  public static String trc10Id(Asset asset) {
    return String.valueOf(asset.contract()).substring("trc10:".length());
  }

  /** Gives the 21 bytes of an address. */
  public static byte[] bytes(String address) {
    return HexFormat.of().parseHex(hex(address));
  }

  /** Gives an address as 42 digits of hex. */
  public static String hex(String address) {
    if (address.length() == 42) {
      return address;
    }
    BigInteger number = BigInteger.ZERO;
    for (char c : address.toCharArray()) {
      number =
          number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(ALPHABET.indexOf(c)));
    }
    return String.format("%042x", number.shiftRight(32));
  }
}
