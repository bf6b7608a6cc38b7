package io.x0tta6bl4.telegram.internal.store;

/**
 * All that a bot remembers.
 *
 * @param updates what came in
 * @param posts what goes out
 * @param buyers whose the orders are
 * @param duties what one process does for all
 */
public record Memory(Updates updates, Posts posts, Buyers buyers, Duties duties) {

  /**
   * Makes one that ends with the process.
   *
   * @return the memory
   */
  public static Memory volatileOne() {
    return new Memory(new VolatileUpdates(), new VolatilePosts(), new VolatileBuyers(), new VolatileDuties());
  }
}
