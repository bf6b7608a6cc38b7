package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void row68_isShownAsStarsOnly() {
    Secret secret = Secret.of("key-123");

    assertThat(secret).hasToString("***");
    assertThat("the key is " + secret).isEqualTo("the key is ***");
    assertThat(secret.reveal()).isEqualTo("key-123");
  }

  @Test
  void row68_isTakenOutOfATextWhereverItStands() {
    assertThat(Secret.of("key-123").redact("key-123, Bearer key-123; other-key")).isEqualTo("***, Bearer ***; other-key");
  }

  @Test
  void anEmptyOneChangesNoText() {
    assertThat(Secret.of("").redact("text")).isEqualTo("text");
  }

  @Test
  void isEqualByItsValue() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
  }
}
