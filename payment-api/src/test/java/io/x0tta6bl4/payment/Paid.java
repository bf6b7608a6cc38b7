package io.x0tta6bl4.payment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/** Transfers for tests: final, successful, a minute old, with the memo of the sample order, unless told otherwise. */
public final class Paid {

  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  public static final String SHOP = "shop";
  public static final String PAYER = "payer";
  public static final String ORDER = "ORD-1001";
  public static final Asset USDT = Asset.USDT_TRC20;

  private final TransferId id;
  private String from = PAYER;
  private String to = SHOP;
  private Amount amount;
  private Memo memo = Memo.ofText(ORDER);
  private Instant blockTime = NOW.minusSeconds(60);
  private Finality finality = Finality.FINAL;
  private Execution execution = Execution.SUCCEEDED;

  private Paid(TransferId id, Amount amount) {
    this.id = id;
    this.amount = amount;
  }

  /** Starts a transfer whose transaction hash is made of the number. */
  public static Paid usdt(int number, String value) {
    return new Paid(new TransferId("tron", hash(number), 0), Paid.amount(value));
  }

  /** Starts a transfer of another asset. */
  public static Paid of(int number, Amount amount) {
    return new Paid(new TransferId("tron", hash(number), 0), amount);
  }

  /** Starts a further transfer of the transaction with that number. */
  public static Paid usdt(int number, int index, String value) {
    return new Paid(new TransferId("tron", hash(number), index), Paid.amount(value));
  }

  public static String hash(int number) {
    return String.format("%064x", number);
  }

  public static Amount amount(String value) {
    return Amount.of(USDT, new BigDecimal(value));
  }

  /** Starts the request that the transfers of this class pay. */
  public static PaymentRequest.Builder order(String value) {
    return PaymentRequest.builder(ORDER, SHOP, amount(value));
  }

  /** Starts a request that must be met to the last unit. */
  public static PaymentRequest.Builder exactOrder(String value) {
    return order(value).tolerance(BigDecimal.ZERO);
  }

  public Paid from(String address) {
    from = address;
    return this;
  }

  public Paid to(String address) {
    to = address;
    return this;
  }

  public Paid units(BigInteger units) {
    amount = new Amount(amount.asset(), units);
    return this;
  }

  public Paid memo(String text) {
    return memo(Memo.ofText(text));
  }

  public Paid memo(Memo newMemo) {
    memo = newMemo;
    return this;
  }

  public Paid at(Instant time) {
    blockTime = time;
    return this;
  }

  public Paid ago(Duration age) {
    return at(NOW.minus(age));
  }

  public Paid minutesAgo(int minutes) {
    return ago(Duration.ofMinutes(minutes));
  }

  public Paid inNoBlock() {
    blockTime = null;
    return pending();
  }

  public Paid pending() {
    finality = Finality.PENDING;
    return this;
  }

  public Paid execution(Execution newExecution) {
    execution = newExecution;
    return this;
  }

  public Transfer done() {
    return new Transfer(id, from, to, amount, memo, blockTime, finality, execution);
  }
}
