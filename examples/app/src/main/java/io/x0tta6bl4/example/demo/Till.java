package io.x0tta6bl4.example.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.example.web.ProblemException;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import io.x0tta6bl4.example.web.Router;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Where a test is the buyer and looks over the merchant's shoulder. Thread-safe. */
final class Till {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
  private static final int LONGEST_MEMO = 100;

  private final List<Purse> purses;
  private final MerchantInbox inbox;

  /**
   * Makes it.
   *
   * @param purses of Tron and TON, in this order
   * @param inbox what the merchant was told
   */
  Till(List<Purse> purses, MerchantInbox inbox) {
    this.purses = List.copyOf(purses);
    this.inbox = inbox;
  }

  void addTo(Router router) {
    router.route("POST", "/payments", this::pay);
    router.route("GET", "/callbacks/{order}", this::told);
  }

  private Response pay(Request request) {
    JsonNode json = parse(request.body());
    String network = json.path("network").asText();
    String asset = json.path("asset").asText();
    String amount = json.path("amount").asText();
    String memo = json.path("memo").asText();
    Case.Coin coin =
        Arrays.stream(Case.Coin.values())
            .filter(known -> known.network().equals(network) && known.asset().equals(asset))
            .findFirst()
            .orElseThrow(() -> new ProblemException(400, "network and asset: expected tron and USDT, ton and TON, or ton and USDT"));
    if (!AMOUNT.matcher(amount).matches()) {
      throw new ProblemException(400, "amount: expected a decimal string such as 25.5");
    }
    if (memo.length() > LONGEST_MEMO) {
      throw new ProblemException(400, "memo: expected at most " + LONGEST_MEMO + " characters");
    }
    try {
      Purse purse = purses.get(coin == Case.Coin.USDT_TRON ? 0 : 1);
      String hash = purse.pay(coin, new Case.Payment(new BigDecimal(amount), memo, true));
      return json(201, MAPPER.createObjectNode().put("hash", hash));
    } catch (ArithmeticException e) {
      throw new ProblemException(400, "amount: " + e.getMessage());
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new ProblemException(400, "expected JSON with network, asset, amount and memo");
    }
  }

  private Response told(Request request) {
    String order = request.parameter("order");
    ObjectNode json = MAPPER.createObjectNode().put("order", order);
    inbox.typesOf(order).forEach(json.putArray("events")::add);
    return json(200, json);
  }

  private static Response json(int status, ObjectNode json) {
    return Response.text(status, "application/json", json + "\n");
  }
}
