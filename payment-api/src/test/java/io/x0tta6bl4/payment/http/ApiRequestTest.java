package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

  @ParameterizedTest
  @CsvSource({
    "a/b, a%2Fb",
    "../x, ..%2Fx",
    "a?b=c, a%3Fb%3Dc",
    "a#b, a%23b",
    "a b, a%20b",
    "a+b, a%2Bb",
    "%2e%2e, %252e%252e",
    "a\\b, a%5Cb",
    "'a;b', a%3Bb",
    "0:ab, 0:ab",
    "ä, %C3%A4"
  })
  void row76_aValueCanBeNothingButOneSegment(String value, String segment) {
    ApiRequest request = ApiRequest.get("/v1/{}/x", value);

    assertThat(request.path()).isEqualTo("/v1/" + segment + "/x");
    assertThat(URI.create("https://h" + request.pathAndQuery()).normalize().getRawPath()).isEqualTo("/v1/" + segment + "/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void row76_aValueThatWouldBeAStepInThePathIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.get("/v1/{}", value))
        .withMessageContaining("path segment");
  }

  @Test
  void lineBreaksCannotEndTheRequestLine() {
    assertThat(ApiRequest.get("/v1/{}", "a\r\nHost: evil").path()).isEqualTo("/v1/a%0D%0AHost:%20evil");
  }

  @Test
  void theNumberOfValuesMustFit() {
    assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.get("/v1/{}/{}", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.get("/v1", "a"));
    assertThat(ApiRequest.get("/v1/{}/{}", "a", "b").path()).isEqualTo("/v1/a/b");
  }

  @Test
  void aQueryIsEncodedAndKeepsItsOrder() {
    ApiRequest request = ApiRequest.get("/v1").query("min", 1_700_000_000_000L).query("fingerprint", "a&b=c d")
        .query("ä", "");

    assertThat(request.pathAndQuery()).isEqualTo("/v1?min=1700000000000&fingerprint=a%26b%3Dc%20d&%C3%A4=");
    assertThat(request.path()).isEqualTo("/v1");
    assertThat(request).hasToString("GET /v1?min=1700000000000&fingerprint=a%26b%3Dc%20d&%C3%A4=");
  }

  @Test
  void aQueryMakesANewRequest() {
    ApiRequest plain = ApiRequest.get("/v1");
    plain.query("a", "b");

    assertThat(plain.pathAndQuery()).isEqualTo("/v1");
  }

  @Test
  void anAnswersHeadersAreFoundInAnyCase() {
    ApiResponse response = new ApiResponse(200, Map.of("retry-after", "5"), new byte[0]);

    assertThat(response.header("Retry-After")).contains("5");
    assertThat(response.header("X-Other")).isEmpty();
  }
}
