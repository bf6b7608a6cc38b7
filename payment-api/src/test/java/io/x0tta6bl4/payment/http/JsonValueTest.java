package io.x0tta6bl4.payment.http;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.x0tta6bl4.payment.MalformedReplyException;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

  private static JsonValue json(String text) {
    return Json.tree("tron", text.getBytes(UTF_8));
  }

  private static void assertMalformed(ThrowingCallable reading) {
    assertMalformed(reading, "tron: ");
  }

  private static void assertMalformed(ThrowingCallable reading, String... parts) {
    assertThatThrownBy(reading)
        .isInstanceOf(MalformedReplyException.class)
        .satisfies(e -> assertThat(e.getMessage()).startsWith("tron: ").contains(List.of(parts)).hasSizeLessThan(500));
  }

  @Test
  void readsAnAnswerByExplicitSteps() {
    JsonValue root =
        json(
            """
            {"data": [{"value": "25000000", "time": 1700000000000, "ok": true, "memo": "x", "none": {}, "extra": [1.5]}]}
            """);
    JsonValue row = root.at("data").elements().get(0);

    assertThat(row.at("value").wholeNumber()).isEqualTo(25_000_000);
    assertThat(row.at("time").longNumber()).isEqualTo(1_700_000_000_000L);
    assertThat(row.at("ok").truth()).isTrue();
    assertThat(row.at("memo").text()).isEqualTo("x");
    assertThat(row.at("none").isEmptyObject()).isTrue();
    assertThat(row.isEmptyObject()).isFalse();
    assertThat(row.isObject()).isTrue();
    assertThat(root.at("data").isObject()).isFalse();
    assertThat(root.at("data").isEmptyObject()).isFalse();
    assertThat(row.find("absent")).isEmpty();
    assertThat(row.at("extra")).hasToString("$.data[0].extra");
  }

  @Test
  void row61_aMissingFieldIsNamedByItsPath() {
    JsonValue row = json("{\"data\":[{},{\"a\":1}]}").at("data").elements().get(1);

    assertMalformed(() -> row.at("token_info"), "$.data[1]", "an object with a field 'token_info'");
  }

  @Test
  void row61_nullIsLikeMissing() {
    JsonValue root = json("{\"a\":null}");

    assertThat(root.find("a")).isEmpty();
    assertMalformed(() -> root.at("a"), "$", "'a'");
  }

  @Test
  void row61_aFieldOfSomethingThatIsNoObjectIsMissing() {
    for (String text : List.of("[]", "[{\"a\":1}]", "1", "\"a\"", "true", "null")) {
      assertThat(json(text).find("a")).as(text).isEmpty();
      assertMalformed(() -> json(text).at("a"), "$ is", "an object with a field 'a'");
    }
  }

  static List<Function<JsonValue, ?>> readers() {
    return List.of(JsonValue::elements, JsonValue::text, JsonValue::wholeNumber, JsonValue::longNumber, JsonValue::truth);
  }

  @ParameterizedTest
  @MethodSource("readers")
  void row61_aWrongTypeIsNamedByItsPathWhateverItIs(Function<JsonValue, ?> reader) {
    JsonValue root =
        json("{\"v\":[{\"a\":1}, \"text\", true, null, {\"b\":{}}, -1, 1.5, 1e5, \"-1\", \"\", \"007\", \"0x1\", []]}");
    int refused = 0;
    for (JsonValue value : root.at("v").elements()) {
      try {
        reader.apply(value);
      } catch (MalformedReplyException e) {
        refused++;
        assertThat(e).hasMessageContaining(value + " is ").hasMessageContaining("expected ");
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "'\"0\"', 0",
    "'\"25000000\"', 25000000",
    "9223372036854775808, 9223372036854775808",
    "'\"115792089237316195423570985008687907853269984665640564039457584007913129639935\"',"
        + "115792089237316195423570985008687907853269984665640564039457584007913129639935",
    "115792089237316195423570985008687907853269984665640564039457584007913129639935,"
        + "115792089237316195423570985008687907853269984665640564039457584007913129639935"
  })
  void row60_readsWholeNumbersOfAnySizeUpTo78Digits(String text, BigInteger value) {
    assertThat(json("{\"v\":" + text + "}").at("v").wholeNumber()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1", "1.0", "1.5", "1e6", "1E400", "\"1e6\"", "\"-1\"", "\"+1\"", "\"01\"", "\"00\"", "\"0x10\"", "\" 1\"",
        "\"1 \"",
        "\"\"", "\"１\"", "\"NaN\"", "true", "[]", "{}", "1e999999999", "1e-999999999", "\"1_000\"", "\"1,000\""
      })
  void row59_refusesAnythingElseAsAWholeNumber(String text) {
    JsonValue value = json("{\"data\":[{\"v\":" + text + "}]}").at("data").elements().get(0).at("v");

    assertTimeoutPreemptively(ofSeconds(5),
        () -> assertMalformed(value::wholeNumber, "$.data[0].v is", "expected a whole number"));
  }

  @Test
  void row59_refusesAStringOf79Digits() {
    assertMalformed(() -> json("[\"" + "9".repeat(79) + "\"]").elements().get(0).wholeNumber(), "$[0]");
  }

  @Test
  void row59_refusesANumberOf79Digits() {
    assertMalformed(() -> json("[" + "9".repeat(79) + "]").elements().get(0).wholeNumber(), "$[0]");
  }

  @Test
  void aLongNumberHas63Bits() {
    assertThat(json("[9223372036854775807]").elements().get(0).longNumber()).isEqualTo(Long.MAX_VALUE);
    assertMalformed(() -> json("[9223372036854775808]").elements().get(0).longNumber(), "$[0]", "2^63");
  }

  @Test
  void row61_aDuplicateKeyIsAnError() {
    assertMalformed(() -> json("{\"a\":{\"value\":1,\"value\":2}}"), "no readable JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void row61_aThousandLevelsOfNestingAreAnError(String open) {
    String deep = open.repeat(1_000);

    assertMalformed(() -> json(deep), "no readable JSON");
    assertMalformed(() -> json(deep + "1" + (open.equals("[") ? "]" : "}").repeat(1_000)), "no readable JSON");
  }

  @Test
  void row61_aHundredThousandLevelsAreAnErrorToo() {
    assertTimeoutPreemptively(ofSeconds(10), () -> assertMalformed(() -> json("[".repeat(100_000)), "no readable JSON"));
  }

  @Test
  void nestingUpToTheLimitIsRead() {
    assertThat(json("[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH)).elements()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "}", "nul", "NaN", "{'a':1}", "{\"a\":1,}", "{\"a\":1}}", "{} x", "[1 2]", "{\"a\":01}",
        "{\"a\":\"\n\"}",
        "// comment\n{}", "\ufeff", "{\"a\":\"\\ud800\\u12\"}"
      })
  void row61_whatIsNoJsonIsAnError(String text) {
    assertMalformed(() -> json(text));
  }

  @Test
  void row61_hugeNumbersAndNamesAreAnError() {
    assertTimeoutPreemptively(
        ofSeconds(10),
        () -> {
          assertMalformed(() -> json("[" + "9".repeat(1_000_000) + "]"));
          assertMalformed(() -> json("[0." + "9".repeat(1_000_000) + "]"));
          assertMalformed(() -> json("{\"" + "n".repeat(1_000_000) + "\":1}"));
        });
  }

  @Test
  void bytesThatAreNotUtf8AreAnError() {
    assertMalformed(() -> Json.tree("tron", new byte[] {'[', '"', (byte) 0xc3, '(', '"', ']'}));
    assertMalformed(() -> Json.tree("tron", new byte[] {(byte) 0x80}));
    assertThat(Json.tree("tron", "[1]".getBytes(UTF_16LE)).elements()).as("JSON may be UTF-16").hasSize(1);
  }

  @Test
  void row61_noMutilatedAnswerMakesAnotherException() {
    long seed = System.nanoTime();
    System.out.println("JsonValueTest seed " + seed);
    Random random = new Random(seed);
    byte[] good = "{\"data\":[{\"v\":\"25\",\"t\":17e3,\"n\":null,\"o\":{\"p\":[true]}}],\"meta\":{}}".getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = good.clone();
      for (int j = 0; j <= random.nextInt(4); j++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        JsonValue root = Json.tree("tron", body);
        for (JsonValue row : root.at("data").elements()) {
          row.at("v").wholeNumber();
          row.find("n").ifPresent(JsonValue::text);
          row.at("o").at("p").elements().forEach(JsonValue::truth);
          row.at("t").longNumber();
        }
      } catch (MalformedReplyException e) {
        assertThat(e.getMessage()).as("seed %d, round %d", seed, i).isNotBlank();
      }
    }
  }

  @Test
  void row77_aStrangersValueIsShownShortAndHarmless() {
    JsonValue value = json("[\"\\u202e\\u001b[31m" + "x".repeat(5_000) + "\"]").elements().get(0);

    assertThatExceptionOfType(MalformedReplyException.class)
        .isThrownBy(value::truth)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\u202e").doesNotContain("\u001b"));
  }

  @Test
  void aContainerIsNotShownAtAll() {
    assertMalformed(() -> json("{\"a\":[1,2,3]}").at("a").text(), "$.a is an array: expected a string");
    assertMalformed(() -> json("{\"a\":{\"b\":1}}").at("a").text(), "$.a is an object: expected a string");
  }

  @Test
  void aParsingErrorNamesItsPlaceOnly() throws Exception {
    try (JsonParser parser = Json.parser("[oops]".getBytes(UTF_8))) {
      parser.nextToken();
      assertThatExceptionOfType(JsonProcessingException.class)
          .isThrownBy(parser::nextToken)
          .satisfies(e -> assertThat(Json.place(e)).contains("at byte").doesNotContain("oops"));
    }
    assertThat(Json.place(new java.io.EOFException("secret"))).isEqualTo("EOFException");
  }
}
