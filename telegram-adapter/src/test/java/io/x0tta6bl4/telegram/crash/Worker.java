package io.x0tta6bl4.telegram.crash;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.JdbcPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.testkit.InMemoryChain;
import io.x0tta6bl4.payment.testkit.InMemoryTransferSource;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.BotToken;
import io.x0tta6bl4.telegram.BuyerBot;
import io.x0tta6bl4.telegram.OrderLinks;
import io.x0tta6bl4.telegram.SendLimits;
import io.x0tta6bl4.telegram.UpdateStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A shop with a bot, in a process of its own that may be killed at any instant. What it is to do it reads from its input. */
final class Worker {

  static final Asset COIN = new Asset("memory", "COIN", null, 2);
  static final String WALLET = "shop-wallet";
  static final String LINK_KEY = "link-key-0123456789";
  static final String PRICE = "25.00";

  private Worker() {}

  public static void main(String[] args) throws IOException {
    Clock clock = Clock.systemUTC();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    config.setMaximumPoolSize(8);
    HikariDataSource pool = new HikariDataSource(config);
    InMemoryChain chain = new InMemoryChain(clock);
    InMemoryTransferSource source = new InMemoryTransferSource(chain);
    PaymentLedger ledger = JdbcPaymentLedger.open(pool, clock);
    PaymentDesk desk = new PaymentDesk(ledger, List.of(source), clock, PaymentObserver.NONE);
    BotApi api =
        BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).baseUrl(URI.create(args[1])).allowHttp(true).build();
    BuyerBot bot =
        BuyerBot.builder(api, UpdateStore.jdbc(pool), desk, OrderLinks.of(Secret.of(LINK_KEY)))
            .limits(new SendLimits(1_000, 10, 1_000))
            .lease(Duration.ofSeconds(1))
            .build();
    EventDelivery.builder(ledger).listener(bot.listener()).lease(Duration.ofSeconds(2)).build().start();
    PaymentWatcher.builder(ledger)
        .source(source)
        .name("worker-" + args[2])
        .pace(Duration.ofMillis(100), Duration.ofMillis(100))
        .lease(Duration.ofSeconds(1))
        .build()
        .start();
    bot.start();
    bot.polling().start();
    // Each process has a chain of its own, which counts its transactions: their hashes must not be those of the last process.
    for (int i = Integer.parseInt(args[2]) * 10; i > 0; i--) {
      chain.pay("elsewhere", Amount.ofUnits(COIN, 1)).submit();
    }
    System.out.println("ready");
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Amount price = Amount.of(COIN, new BigDecimal(PRICE));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("open")) {
        desk.open(NewOrder.of(PaymentRequest.builder(words[1], WALLET, price).build()));
      } else {
        chain.pay(WALLET, price).memo(words[1]).at(clock.instant()).submit();
      }
      System.out.println(line);
    }
  }
}
