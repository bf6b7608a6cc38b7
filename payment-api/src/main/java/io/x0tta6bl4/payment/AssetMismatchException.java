package io.x0tta6bl4.payment;

/**
 * Thrown when amounts of two assets are compared or added.
 *
 * @since 0.1.0
 */
public final class AssetMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param expected the asset of the left side
   * @param actual the asset of the right side
   */
  public AssetMismatchException(Asset expected, Asset actual) {
    super("cannot combine an amount of " + expected + " with one of " + actual);
  }
}
