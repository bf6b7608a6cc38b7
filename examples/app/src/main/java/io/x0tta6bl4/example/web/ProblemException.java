package io.x0tta6bl4.example.web;

/** Ends a handler with an error for the client. */
@SuppressWarnings("serial")
public final class ProblemException extends RuntimeException {

  private final int status;

  /**
   * An error.
   *
   * @param status the code
   * @param detail see {@link Problem#of}
   */
  public ProblemException(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  /**
   * The answer.
   *
   * @return a problem
   */
  public Response.Whole response() {
    return Problem.of(status, String.valueOf(getMessage()));
  }
}
