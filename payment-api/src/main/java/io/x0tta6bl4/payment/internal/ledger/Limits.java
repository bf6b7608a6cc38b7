package io.x0tta6bl4.payment.internal.ledger;

import io.x0tta6bl4.payment.ledger.OrderUpdate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The bounds of what a ledger takes in one call. */
public final class Limits {

  /** Most orders, updates, deliveries or rows of one call. */
  public static final int MOST = 1_000;

  private static final Pattern LISTENER = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern OWNER = Pattern.compile("[!-~]{1,64}");

  private Limits() {}

  /**
   * Checks a number.
   *
   * @param what what it counts
   * @param count the number
   * @param least smallest allowed
   */
  public static void check(String what, int count, int least) {
    if (count < least || count > MOST) {
      throw new IllegalArgumentException(what + " " + count + ": expected " + least + " to " + MOST);
    }
  }

  /**
   * Checks updates.
   *
   * @param updates of one call
   */
  public static void check(List<OrderUpdate> updates) {
    check("number of updates", updates.size(), 0);
    Set<String> ids = new HashSet<>();
    for (OrderUpdate update : updates) {
      if (!ids.add(update.before().id())) {
        throw new IllegalArgumentException("two updates for order " + update.before().id() + ": expected one");
      }
    }
  }

  /**
   * Checks the name of a listener.
   *
   * @param name the name
   */
  public static void checkListener(String name) {
    if (!LISTENER.matcher(name).matches()) {
      throw new IllegalArgumentException("listener '" + name + "': expected 1 to 64 characters of [a-z0-9-]");
    }
  }

  /**
   * Checks the name of an owner of leases.
   *
   * @param owner the name
   */
  public static void checkOwner(String owner) {
    if (!OWNER.matcher(owner).matches()) {
      throw new IllegalArgumentException("owner '" + owner + "': expected 1 to 64 visible ASCII characters");
    }
  }
}
