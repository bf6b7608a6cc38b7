package io.x0tta6bl4.example.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Plays one case: opens its order, is its buyer, and holds what comes of it against what has to. For one thread. */
final class Play implements Callable<Play.Outcome> {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration LOOK = Duration.ofMillis(150);
  /** A payment that may not count is ignored by so many looks of the watcher at least. */
  private static final int LOOKS = 4;

  private final Case plan;
  private final DemoWorld world;
  private final DemoStage stage;
  private final Narration narration;
  private String told = "";

  /**
   * What came of it.
   *
   * @param plan the case
   * @param status as the API shows it in the end
   * @param credited what counts for the order in the end, in whole coins
   * @param events what the merchant was told
   * @param wrong what did not hold, empty if everything did
   */
  record Outcome(Case plan, String status, BigDecimal credited, List<String> events, List<String> wrong) {}

  Play(Case plan, DemoWorld world, DemoStage stage, Narration narration) {
    this.plan = plan;
    this.world = world;
    this.stage = stage;
    this.narration = narration;
  }

  @Override
  public Outcome call() throws InterruptedException {
    world.client().open(plan);
    tell("the shop opens an order of " + plan.amount() + " " + plan.coin().asset() + " (" + plan.title() + ")");
    JsonNode order = await(state -> !state.path("bot_url").isNull());
    String start = URI.create(order.path("bot_url").asText()).getQuery().substring("start=".length());
    world.telegram().write(plan.chatId(), "en", "/start " + start);
    awaitChat();
    for (Case.Payment payment : plan.payments()) {
      int before = order.path("version").asInt();
      tell("the buyer sends " + payment.amount() + (payment.genuine() ? "" : " of a fake token") + ", memo " + payment.memo());
      String hash = world.purse(plan.coin()).pay(plan.coin(), payment);
      tell("transaction " + hash.substring(0, 12) + " is on the chain");
      order = plan.isCalledOff() ? awaitLooks() : await(state -> isCounted(state, before, payment));
    }
    if (plan.isCalledOff()) {
      tell("nothing was credited; the shop calls the order off");
      world.client().cancel(plan.orderId());
    }
    order = await(state -> wrong(state).isEmpty());
    Outcome outcome = new Outcome(plan, order.path("status").asText(), credited(order), events(), wrong(order));
    tell(outcome.wrong().isEmpty() ? "as expected" : "WRONG: " + String.join("; ", outcome.wrong()));
    return outcome;
  }

  /** Further payments of an order follow when the one before is told of and final. */
  private static boolean isCounted(JsonNode order, int before, Case.Payment payment) {
    String type = order.path("last_event").path("type").asText();
    return order.path("version").asInt() > before && !type.equals("seen") && payment.genuine();
  }

  private JsonNode awaitLooks() throws InterruptedException {
    Purse purse = world.purse(plan.coin());
    // A look is a request at least, and the payment has to be final for the last of them.
    int enough = purse.requests() + LOOKS * 4;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (purse.requests() < enough && System.nanoTime() < end) {
      Thread.sleep(LOOK);
    }
    return look();
  }

  private JsonNode await(Predicate<JsonNode> done) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode order = look();
    while (!done.test(order) && System.nanoTime() < end) {
      Thread.sleep(LOOK);
      order = look();
    }
    return order;
  }

  private void awaitChat() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (world.telegram().chat(plan.chatId()).isEmpty() && System.nanoTime() < end) {
      Thread.sleep(LOOK);
    }
    tell("the bot shows the buyer how to pay");
  }

  private JsonNode look() throws InterruptedException {
    JsonNode order = world.client().find(plan.orderId());
    String status = order.path("status").asText();
    stage.show(plan, URI.create(order.path("checkout_url").asText()).getPath(), status);
    if (!status.equals(told) && !status.equals("waiting")) {
      tell("the order is " + status.replace('_', ' ') + ", " + plain(order.path("received").asText()) + " received");
    }
    told = status;
    return order;
  }

  private List<String> wrong(JsonNode order) {
    List<String> wrong = new ArrayList<>();
    String status = order.path("status").asText();
    if (!status.equals(plan.status())) {
      wrong.add("status " + status + ", expected " + plan.status());
    }
    BigDecimal credited = credited(order);
    if (credited.compareTo(plan.credited()) != 0) {
      wrong.add("credited " + credited.toPlainString() + ", expected " + plan.credited().toPlainString());
    }
    // Whether a payment was seen before it was final is a matter of luck.
    List<String> events = events().stream().filter(type -> !type.equals("order.seen")).toList();
    if (!events.equals(plan.told())) {
      wrong.add("the merchant was told " + events + ", expected " + plan.told());
    }
    if (!lastMessage().contains(plan.orderId())) {
      wrong.add("the buyer's last message does not name the order");
    }
    return wrong;
  }

  private static BigDecimal credited(JsonNode order) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode payment : order.path("payments")) {
      String role = payment.path("role").asText();
      if (role.equals("payment") || role.equals("part")) {
        sum = sum.add(new BigDecimal(payment.path("amount").asText()));
      }
    }
    return sum;
  }

  private static String plain(String amount) {
    return new BigDecimal(amount).stripTrailingZeros().toPlainString();
  }

  private List<String> events() {
    return world.inbox().typesOf(plan.orderId());
  }

  private String lastMessage() {
    List<FakeTelegram.Shown> chat = world.telegram().chat(plan.chatId());
    return chat.isEmpty() ? "" : chat.getLast().text;
  }

  private void tell(String what) {
    narration.tell(plan.orderId(), what);
  }
}
