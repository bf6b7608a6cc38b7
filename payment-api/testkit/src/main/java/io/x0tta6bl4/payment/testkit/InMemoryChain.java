package io.x0tta6bl4.payment.testkit;

import io.x0tta6bl4.payment.Amount;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A chain to pay into, in memory. Thread-safe.
 *
 * {@snippet class="io.x0tta6bl4.payment.testkit.InMemoryChainTest" region="pay"}
 *
 * @since 0.1.0
 */
public final class InMemoryChain {

  /** Who pays where a payment does not say. */
  public static final String DEFAULT_PAYER = "payer";

  private final Clock clock;
  private final List<ChainTransaction> transactions = new ArrayList<>();
  private ProviderState provider = ProviderState.HEALTHY;
  private boolean listsTwice;
  private long count;

  /**
   * Makes an empty chain.
   *
   * @param clock what blocks are dated by
   */
  public InMemoryChain(Clock clock) {
    this.clock = clock;
  }

  /**
   * Starts a payment: from {@link #DEFAULT_PAYER}, without a memo, in a block of one minute ago, settled.
   *
   * @param to recipient
   * @param amount what is paid
   * @return a builder; nothing happens before {@link Payment#submit()}
   */
  public Payment pay(String to, Amount amount) {
    return new Payment(to, amount);
  }

  /**
   * Takes a transaction back, as the replacement of its block would.
   *
   * @param transaction what is taken back
   */
  public synchronized void drop(ChainTransaction transaction) {
    transactions.removeIf(t -> t.hash().equals(transaction.hash()));
  }

  /**
   * Makes a pending transaction final.
   *
   * @param transaction what becomes final
   * @return it, settled
   */
  public synchronized ChainTransaction settle(ChainTransaction transaction) {
    ChainTransaction settled =
        new ChainTransaction(
            transaction.hash(),
            transaction.kind(),
            transaction.movements(),
            transaction.memo(),
            transaction.blockTime(),
            ChainTransaction.State.SETTLED);
    transactions.replaceAll(t -> t.hash().equals(transaction.hash()) ? settled : t);
    return settled;
  }

  /**
   * Sets how the provider behaves.
   *
   * @param state from now on
   */
  public synchronized void provider(ProviderState state) {
    provider = state;
  }

  /**
   * Gives how the provider behaves.
   *
   * @return the state
   */
  public synchronized ProviderState provider() {
    return provider;
  }

  /**
   * Sets whether listings tell each transfer twice, as overlapping pages do.
   *
   * @param twice {@code true} to repeat
   */
  public synchronized void listTwice(boolean twice) {
    listsTwice = twice;
  }

  /**
   * Tells whether listings tell each transfer twice.
   *
   * @return {@code false} by default
   */
  public synchronized boolean listsTwice() {
    return listsTwice;
  }

  /**
   * Gives all transactions.
   *
   * @return in the order in which they were submitted
   */
  public synchronized List<ChainTransaction> transactions() {
    return List.copyOf(transactions);
  }

  private synchronized ChainTransaction add(Payment payment) {
    ChainTransaction transaction =
        new ChainTransaction(
            hash(++count),
            payment.kind,
            payment.movements(),
            boxed(payment.memo),
            payment.blockTime.truncatedTo(ChronoUnit.MILLIS),
            payment.state);
    transactions.add(transaction);
    return transaction;
  }

  private static String hash(long number) {
    try {
      byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> boxed = new ArrayList<>(bytes.length);
    for (byte b : bytes) {
      boxed.add(b);
    }
    return boxed;
  }

  /** A payment that is being put together. Not thread-safe. */
  public final class Payment {
    private final List<ChainTransaction.Movement> further = new ArrayList<>();
    private final String to;
    private final Amount amount;
    private String from = DEFAULT_PAYER;
    private byte[] memo = new byte[0];
    private Instant blockTime = clock.instant().minus(Duration.ofMinutes(1));
    private ChainTransaction.State state = ChainTransaction.State.SETTLED;
    private ChainTransaction.Kind kind = ChainTransaction.Kind.TRANSFER;

    private Payment(String to, Amount amount) {
      this.to = to;
      this.amount = amount;
    }

    /**
     * Sets who pays.
     *
     * @param payer sender
     * @return this
     */
    public Payment from(String payer) {
      from = payer;
      return this;
    }

    /**
     * Sets the memo.
     *
     * @param text as the payer writes it
     * @return this
     */
    public Payment memo(String text) {
      return memo(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets the memo.
     *
     * @param bytes any bytes, also such as are no text
     * @return this
     */
    public Payment memo(byte[] bytes) {
      memo = bytes.clone();
      return this;
    }

    /**
     * Sets the time of the block.
     *
     * @param time any time, also in the future
     * @return this
     */
    public Payment at(Instant time) {
      blockTime = time;
      return this;
    }

    /**
     * Leaves the payment in a block that may be replaced.
     *
     * @return this
     */
    public Payment pending() {
      state = ChainTransaction.State.PENDING;
      return this;
    }

    /**
     * Lets the payment fail.
     *
     * @return this
     */
    public Payment failing() {
      state = ChainTransaction.State.FAILED;
      return this;
    }

    /**
     * Lets the provider keep the result to itself.
     *
     * @return this
     */
    public Payment undecided() {
      state = ChainTransaction.State.UNDECIDED;
      return this;
    }

    /**
     * Makes it an approval, which looks like a payment and moves nothing.
     *
     * @return this
     */
    public Payment approvingOnly() {
      kind = ChainTransaction.Kind.APPROVAL;
      return this;
    }

    /**
     * Makes it a mint, which has no sender.
     *
     * @return this
     */
    public Payment minting() {
      kind = ChainTransaction.Kind.MINT;
      return this;
    }

    /**
     * Adds a further transfer to the same transaction.
     *
     * @param recipient who receives it
     * @param furtherAmount what it moves
     * @return this
     */
    public Payment alsoPaying(String recipient, Amount furtherAmount) {
      further.add(new ChainTransaction.Movement(from, recipient, furtherAmount));
      return this;
    }

    /**
     * Puts the transaction on the chain.
     *
     * @return it
     */
    public ChainTransaction submit() {
      return add(this);
    }

    private List<ChainTransaction.Movement> movements() {
      List<ChainTransaction.Movement> movements = new ArrayList<>();
      movements.add(new ChainTransaction.Movement(from, to, amount));
      movements.addAll(further);
      return movements;
    }
  }
}
