package io.x0tta6bl4.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks values against the words of JSON Schema that the document uses; any other word is an error. */
final class Schemas {

  private Schemas() {}

  static JsonNode resolve(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  static void check(JsonNode document, String reference, JsonNode value) {
    JsonNode schema = document.at(reference.substring(1));
    assertThat(schema.isMissingNode()).as(reference).isFalse();
    check(document, schema, value, reference);
  }

  private static void check(JsonNode document, JsonNode schema, JsonNode value, String where) {
    schema.fieldNames().forEachRemaining(word -> {
      JsonNode says = schema.path(word);
      switch (word) {
        case "$ref" -> check(document, says.asText(), value);
        case "type" -> assertThat(hasType(says, value)).as("%s: type of %s", where, value).isTrue();
        case "enum" -> assertThat(says).as(where).contains(value);
        case "pattern" -> assertThat(value.asText()).as(where).matches(says.asText());
        case "minimum" -> assertThat(value.asLong()).as(where).isGreaterThanOrEqualTo(says.asLong());
        case "maximum" -> assertThat(value.asLong()).as(where).isLessThanOrEqualTo(says.asLong());
        case "required" -> says.forEach(name -> assertThat(value.has(name.asText())).as("%s: %s", where, name).isTrue());
        case "properties" ->
            value.properties().stream()
                .filter(field -> says.has(field.getKey()))
                .forEach(field -> check(document, says.path(field.getKey()), field.getValue(), where + "/" + field.getKey()));
        case "additionalProperties" ->
            value.fieldNames().forEachRemaining(
                name -> assertThat(schema.path("properties").has(name)).as("%s: %s is described", where, name).isTrue());
        case "items" -> value.forEach(item -> check(document, says, item, where + "/items"));
        case "oneOf" ->
            check(document, value.isNull() ? says.get(0) : says.get(1), value, where);
        case "description", "format", "default" -> {}
        default -> throw new AssertionError(where + ": the word '" + word + "' is not checked");
      }
    });
  }

  private static boolean hasType(JsonNode says, JsonNode value) {
    if (says.isArray()) {
      for (JsonNode one : says) {
        if (hasType(one, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (says.asText()) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "null" -> value.isNull();
      default -> false;
    };
  }
}
