package org.example.toychain;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A node of the toy chain: what a real integrator would reach by HTTP. */
public final class ToyNode {

  private static final Map<URI, ToyNode> NODES = new ConcurrentHashMap<>();

  private final Supplier<List<Payment>> payments;
  private final Supplier<String> trouble;

  private ToyNode(Supplier<List<Payment>> payments, Supplier<String> trouble) {
    this.payments = payments;
    this.trouble = trouble;
  }

  public record Payment(
      String hash, String from, String to, String token, long units, String memo, Instant time, boolean ok, boolean fixed) {}

  public static void open(URI address, Supplier<List<Payment>> payments, Supplier<String> trouble) {
    NODES.put(address, new ToyNode(payments, trouble));
  }

  public static ToyNode at(URI address) {
    return NODES.get(address);
  }

  /** All payments, or an error where the node has one. */
  public List<Payment> payments() {
    if (trouble.get().equals("down")) {
      throw new IllegalStateException("down");
    }
    return payments.get();
  }

  public boolean isLimiting() {
    return trouble.get().equals("rate_limited");
  }

  public boolean isTruncating() {
    return trouble.get().equals("truncating");
  }

  public boolean isBehind() {
    return trouble.get().equals("behind");
  }
}
