package io.x0tta6bl4.telegram;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.InMemoryPaymentLedger;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.telegram.crash.TelegramServer;
import io.x0tta6bl4.telegram.internal.send.Keys;
import io.x0tta6bl4.telegram.internal.store.Post;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sends verdicts for 30 seconds in real time, over HTTP and from an H2 database, and prints how many of the 30 a second that
 * Telegram permits came through, and the most that the server saw in any second.
 */
final class RealTimeThroughput {

  private static final int SECONDS = 30;
  private static final int PERMITTED = 30;

  private RealTimeThroughput() {}

  public static void main(String[] args) throws Exception {
    Clock clock = Clock.systemUTC();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:throughput");
    UpdateStore store = UpdateStore.jdbc(new HikariDataSource(config));
    try (TelegramServer server = new TelegramServer();
        BotApi api =
            BotApi.builder(BotToken.of(FakeTelegram.TOKEN)).baseUrl(server.uri()).allowHttp(true).build()) {
      PaymentDesk desk = new PaymentDesk(new InMemoryPaymentLedger(clock), List.of(), clock, PaymentObserver.NONE);
      BuyerBot bot = BuyerBot.builder(api, store, desk, OrderLinks.of(Secret.of("link-key-0123456789"))).build();
      Posts posts = store.of(api.botId()).posts();
      for (int chat = 1; chat <= 10_000; chat++) {
        posts.put(
            new Post.Draft(Keys.bell("ORD-" + chat, 1), chat, Post.Kind.BELL, MessageText.of("paid"), 1, Post.NO_CAUSE),
            clock.instant());
      }
      bot.start();
      while (server.telegram.calls("sendMessage").isEmpty()) {
        Thread.sleep(1);
      }
      Instant start = server.telegram.calls("sendMessage").get(0).at();
      Thread.sleep(Duration.between(clock.instant(), start.plusSeconds(SECONDS)).toMillis());
      List<Instant> sent =
          server.telegram.calls("sendMessage").stream().map(FakeTelegram.Call::at)
              .filter(at -> at.isBefore(start.plusSeconds(SECONDS))).toList();
      bot.close();
      int most = 0;
      for (int first = 0, last = 0; last < sent.size(); last++) {
        while (!sent.get(first).plusSeconds(1).isAfter(sent.get(last))) {
          first++;
        }
        most = Math.max(most, last - first + 1);
      }
      long share = sent.size() * 1_000L / (SECONDS * PERMITTED);
      System.out.println(
          sent.size() + " messages in " + SECONDS + " s: " + share / 10 + "." + share % 10 + " % of 30 a second; at most " + most
              + " in any second");
      System.exit(share >= 950 ? 0 : 1);
    }
  }
}
