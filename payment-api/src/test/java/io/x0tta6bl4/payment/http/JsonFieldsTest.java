package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.x0tta6bl4.payment.MalformedReplyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

  @Test
  void readsTheFieldsOfAnObjectInTheirOrder() throws IOException {
    JsonFields fields = fields("{\"a\":\"x\",\"b\":[1,{\"c\":2}],\"n\":7,\"t\":true,\"h\":\"00fF\",\"o\":{}}");
    assertThat(fields.next()).isEqualTo("a");
    assertThat(fields.text("a")).isEqualTo("x");
    assertThat(fields.next()).isEqualTo("b");
    fields.skip();
    assertThat(fields.next()).isEqualTo("n");
    assertThat(fields.number("n")).isEqualTo(7);
    assertThat(fields.next()).isEqualTo("t");
    assertThat(fields.truth("t")).isTrue();
    assertThat(fields.next()).isEqualTo("h");
    assertThat(fields.hex("h")).containsExactly(0, 0xff);
    assertThat(fields.next()).isEqualTo("o");
    assertThat(fields.isObject("o")).isTrue();
    assertThat(fields.next()).isNull();
    assertThat(fields.next()).isNull();
    assertThat(fields.problem()).isNull();
  }

  @Test
  void anExpectedTextIsGivenAsItIs() throws IOException {
    String expected = new String("Transfer".toCharArray());
    JsonFields fields = fields("{\"a\":\"Transfer\",\"b\":\"Transfes\",\"c\":\"Transfer!\",\"d\":7}");
    fields.next();
    assertThat(fields.text("a", expected)).isSameAs(expected);
    fields.next();
    assertThat(fields.text("b", expected)).isEqualTo("Transfes");
    fields.next();
    assertThat(fields.text("c", expected)).isEqualTo("Transfer!");
    fields.next();
    assertThat(fields.text("d", expected)).isNull();
    assertThat(fields.problem()).isEqualTo("d is VALUE_NUMBER_INT, expected a string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "[[1],2]", "{\"x\":{\"y\":1}}", "true", "1.5"})
  void aValueThatIsNoTextIsSkippedAndNoted(String value) throws IOException {
    JsonFields fields = fields("{\"a\":" + value + ",\"b\":\"next\"}");
    fields.next();
    assertThat(fields.text("a")).isNull();
    assertThat(fields.problem()).startsWith("a is ").endsWith("expected a string");
    assertThat(fields.next()).isEqualTo("b");
    assertThat(fields.text("b")).isEqualTo("next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "1.0", "9223372036854775808", "null", "[1]", "true"})
  void aValueThatIsNoWholeNumberOf63BitsIsNoted(String value) throws IOException {
    JsonFields fields = fields("{\"a\":" + value + "}");
    fields.next();
    assertThat(fields.number("a")).isNull();
    assertThat(fields.problem()).contains("a whole number below 2^63");
    assertThat(fields.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0\"", "\"zz\"", "\"0g\"", "\"\u0660\u0661\"", "7", "null"})
  void aValueThatIsNoHexIsNoted(String value) throws IOException {
    JsonFields fields = fields("{\"a\":" + value + "}");
    fields.next();
    assertThat(fields.hex("a")).isNull();
    assertThat(fields.problem()).startsWith("a is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "null", "{}"})
  void aValueThatIsNoTruthValueIsNoted(String value) throws IOException {
    JsonFields fields = fields("{\"a\":" + value + "}");
    fields.next();
    assertThat(fields.truth("a")).isNull();
    assertThat(fields.problem()).contains("true or false");
  }

  @Test
  void nullIsNoProblemWhereItIsAllowed() throws IOException {
    JsonFields fields = fields("{\"a\":null,\"b\":\"x\",\"c\":7}");
    fields.next();
    assertThat(fields.textOrNull("a")).isNull();
    fields.next();
    assertThat(fields.textOrNull("b")).isEqualTo("x");
    assertThat(fields.problem()).isNull();
    fields.next();
    assertThat(fields.textOrNull("c")).isNull();
    assertThat(fields.problem()).isNotNull();
  }

  @Test
  void theFirstProblemStaysAndAFieldThatStandsTwiceIsOne() throws IOException {
    JsonFields fields = fields("{}");
    fields.once(null, "a");
    assertThat(fields.problem()).isNull();
    fields.once("before", "a");
    fields.complain("something else");
    assertThat(fields.problem()).isEqualTo("a stands twice");
    assertThat(fields("[]").isObject("a")).isFalse();
  }

  @Test
  void aSpanIsReadOnlyIfItMatters() throws IOException {
    byte[] body = "{\"a\" : {\"text\":\"€\", \"x\":[1]} ,\"b\": 7 }".getBytes(StandardCharsets.UTF_8);
    JsonParser parser = Json.parser(body);
    assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
    JsonFields fields = new JsonFields(parser);
    fields.next();
    JsonSpan span = fields.span(body);
    assertThat(span.tree("ton").at("text").text()).isEqualTo("€");
    assertThat(span.tree("ton").at("x").elements()).hasSize(1);
    assertThat(fields.next()).isEqualTo("b");
    JsonSpan scalar = fields.span(body);
    assertThatThrownBy(() -> scalar.tree("ton")).isInstanceOf(MalformedReplyException.class);
    assertThat(fields.next()).isNull();
  }

  private static JsonFields fields(String json) throws IOException {
    JsonParser parser = Json.parser(json.getBytes(StandardCharsets.UTF_8));
    parser.nextToken();
    return new JsonFields(parser);
  }
}
