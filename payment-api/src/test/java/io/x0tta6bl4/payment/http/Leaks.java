package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Looks for a key in everything that a log of an exception would show. */
final class Leaks {

  private Leaks() {}

  static void assertNowhereIn(Throwable failure, String key) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(key);
  }
}
