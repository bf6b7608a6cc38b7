package io.x0tta6bl4.example.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.http.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackSignatureTest {

  private static final Secret SECRET = Secret.of("callback-secret-0123456789abcdef01");
  private static final byte[] BODY = "{\"id\":\"ORD-1#2\"}".getBytes(UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);
  // printf '1767225600.{"id":"ORD-1#2"}' | openssl dgst -sha256 -hmac callback-secret-0123456789abcdef01
  private static final String MAC = "37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2ed";
  private static final String HEADER = "t=1767225600,v1=" + MAC;

  private static boolean valid(String header, byte[] body, Instant at) {
    return CallbackSignature.isValid(
        header, body, List.of(SECRET), CallbackSignature.DEFAULT_TOLERANCE, Clock.fixed(at, ZoneOffset.UTC));
  }

  @Test
  void isWhatOpensslMakesOfIt() {
    assertThat(CallbackSignature.sign(BODY, List.of(SECRET), NOW)).isEqualTo(HEADER);
    assertThat(valid(HEADER, BODY, NOW)).isTrue();
  }

  @Test
  void isValidForFiveMinutesBothWays() {
    assertThat(valid(HEADER, BODY, NOW.plus(Duration.ofMinutes(5)))).isTrue();
    assertThat(valid(HEADER, BODY, NOW.minus(Duration.ofMinutes(5)))).isTrue();
    assertThat(valid(HEADER, BODY, NOW.plus(Duration.ofSeconds(301)))).isFalse();
    assertThat(valid(HEADER, BODY, NOW.minus(Duration.ofSeconds(301)))).isFalse();
  }

  @Test
  void isOfTheWholeBody() {
    assertThat(valid(HEADER, "{\"id\":\"ORD-1#3\"}".getBytes(UTF_8), NOW)).isFalse();
    assertThat(valid(HEADER, new byte[0], NOW)).isFalse();
  }

  @Test
  void isOfTheTimeToo() {
    assertThat(valid("t=1767225601,v1=" + MAC, BODY, NOW)).isFalse();
  }

  @Test
  void isThereForBothSecretsWhileTheyAreChanged() {
    Secret next = Secret.of("another-secret-0123456789abcdef0123");
    String header = CallbackSignature.sign(BODY, List.of(next, SECRET), NOW);
    assertThat(valid(header, BODY, NOW)).isTrue();
    assertThat(
            CallbackSignature.isValid(
                header, BODY, List.of(next), Duration.ofMinutes(5), Clock.fixed(NOW, ZoneOffset.UTC)))
        .isTrue();
    assertThat(
            CallbackSignature.isValid(
                header,
                BODY,
                List.of(Secret.of("a-third-secret-0123456789abcdef0123")),
                Duration.ofMinutes(5),
                Clock.fixed(NOW, ZoneOffset.UTC)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "t=", "v1=37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2ed", "t=1767225600", "t=1767225600,v0=37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2ed", "t=1767225600,v1=", "t=99999999999999999999,v1=37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2ed",
        "t=1767225600,v1=37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2ed,v1=", "t=1767225600,v1=37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2edx", " t=1767225600,v1=37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2ed", "t=-1,v1=37cf52be412209adf8db7cc325764763465d2135975ffd8c30f104a4c0fdd2ed"
      })
  void isNothingElse(String header) {
    assertThat(valid(header, BODY, NOW)).isFalse();
  }
}
