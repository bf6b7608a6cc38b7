package io.x0tta6bl4.example.orders;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.x0tta6bl4.example.web.ProblemException;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ledger.NewOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what an order is opened for. Thread-safe. */
final class NewOrderReader {

  private static final Set<String> FIELDS =
      Set.of("id", "network", "asset", "amount", "match", "tolerance", "accept_overpayment", "expires_in");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{3,42}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,78}(\\.[0-9]{1,78})?");
  private static final Duration LONGEST_EXPIRY = Duration.ofDays(30);
  private static final int SHOWN = 80;
  private static final ObjectMapper MAPPER = mapper();

  private final Offer offer;

  NewOrderReader(Offer offer) {
    this.offer = offer;
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).maxStringLength(1000).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * Reads the JSON of a request.
   *
   * @param body of a request
   * @return an object that has known fields only
   */
  JsonNode parse(byte[] body) {
    JsonNode json;
    try (JsonParser parser = MAPPER.createParser(body)) {
      json = MAPPER.readValue(parser, JsonNode.class);
    } catch (JsonProcessingException e) {
      throw new ProblemException(400, "the body is no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new ProblemException(400, "the body is no JSON in UTF-8");
    }
    if (json == null || !json.isObject()) {
      throw new ProblemException(400, "the body is no JSON object: expected one with network, asset and amount");
    }
    Set<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(name -> {
      if (!FIELDS.contains(name)) {
        unknown.add(shown(name));
      }
    });
    if (!unknown.isEmpty()) {
      throw new ProblemException(400, "unknown fields " + unknown + ": expected some of " + new TreeSet<>(FIELDS));
    }
    return json;
  }

  /**
   * The id that was asked for.
   *
   * @param json of a request
   * @return the id, empty if one is to be made
   */
  Optional<String> id(JsonNode json) {
    Optional<String> id = text(json, "id");
    if (id.isPresent() && !ID.matcher(id.get()).matches()) {
      throw invalid("id", id.get(), "3 to 42 characters of [A-Za-z0-9._:-]");
    }
    return id;
  }

  /**
   * Reads the order.
   *
   * @param json of a request
   * @param orderId its id
   * @return what to open
   */
  NewOrder order(JsonNode json, String orderId) {
    String network = required(json, "network");
    String wallet = offer.wallets().get(network);
    if (wallet == null) {
      throw invalid("network", network, "one of " + new TreeSet<>(offer.networks()));
    }
    try {
      Asset asset = offer.assets().apply(network, required(json, "asset"));
      Amount amount = Amount.of(asset, decimal(json, "amount").orElseThrow(() -> missing("amount")));
      PaymentRequest.Builder request =
          PaymentRequest.builder(orderId, wallet, amount).matchMode(match(json)).acceptOverpayment(flag(json));
      decimal(json, "tolerance").ifPresent(request::tolerance);
      return NewOrder.builder(request.build()).expiry(expiry(json)).build();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProblemException(400, String.valueOf(e.getMessage()));
    }
  }

  private MatchMode match(JsonNode json) {
    return switch (text(json, "match").orElse("memo")) {
      case "memo" -> MatchMode.MEMO;
      case "amount" -> MatchMode.AMOUNT;
      // One wallet for each chain is configured, and an order recognised by its address needs one of its own.
      case String other -> throw invalid("match", other, "memo or amount");
    };
  }

  private static boolean flag(JsonNode json) {
    JsonNode value = json.path("accept_overpayment");
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw invalid("accept_overpayment", value.toString(), "true or false");
    }
    return value.booleanValue();
  }

  private Duration expiry(JsonNode json) {
    Optional<String> text = text(json, "expires_in");
    if (text.isEmpty()) {
      return offer.expiry();
    }
    try {
      Duration duration = Duration.parse(text.get());
      if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(LONGEST_EXPIRY) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Told below, with the range.
    }
    throw invalid("expires_in", text.get(), "an ISO-8601 duration from PT1S to " + LONGEST_EXPIRY + ", such as PT1H");
  }

  private static Optional<BigDecimal> decimal(JsonNode json, String field) {
    if (json.path(field).isNumber()) {
      throw invalid(field, json.path(field).toString(), "a string, since a JSON number may be rounded on its way");
    }
    Optional<String> text = text(json, field);
    if (text.isPresent() && !DECIMAL.matcher(text.get()).matches()) {
      throw invalid(field, text.get(), "a decimal string such as \"25.50\"");
    }
    return text.map(BigDecimal::new);
  }

  private static String required(JsonNode json, String field) {
    return text(json, field).orElseThrow(() -> missing(field));
  }

  private static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(field, value.toString(), "a string");
    }
    return Optional.of(value.textValue());
  }

  private static ProblemException missing(String field) {
    return new ProblemException(400, field + " is missing");
  }

  private static ProblemException invalid(String field, String value, String expected) {
    return new ProblemException(400, field + " '" + shown(value) + "': expected " + expected);
  }

  private static String shown(String value) {
    String printable = value.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
  }

  /**
   * What the content of a request is for comparing.
   *
   * @param json of a request
   * @return the same for bodies that differ in white space only
   */
  static String canonical(JsonNode json) {
    StringBuilder text = new StringBuilder();
    TreeSet<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    names.forEach(name -> text.append(name).append('=').append(json.get(name)).append('\n'));
    return text.toString();
  }
}
