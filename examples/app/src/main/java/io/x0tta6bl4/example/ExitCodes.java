package io.x0tta6bl4.example;

/** What scripts branch on. */
final class ExitCodes {

  /** Verified. */
  static final int VERIFIED = 0;

  /** Stopped as asked, and nothing left behind. */
  static final int STOPPED = 0;

  /** Rejected, not found or pending. */
  static final int NOT_VERIFIED = 1;

  /** Bad usage or bad input; nothing was asked. */
  static final int BAD_INPUT = 2;

  /** Unavailable or incomplete: nothing is known; or what is needed to run is not there. */
  static final int UNAVAILABLE = 3;

  private ExitCodes() {}
}
