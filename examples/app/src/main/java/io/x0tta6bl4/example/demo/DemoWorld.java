package io.x0tta6bl4.example.demo;

import io.x0tta6bl4.example.settings.Settings;
import io.x0tta6bl4.example.shop.Shop;
import io.x0tta6bl4.example.shop.StartException;
import io.x0tta6bl4.example.web.Admission;
import io.x0tta6bl4.example.web.WebServer;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.simulator.telegram.TelegramServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that the demo has on this machine: chains, chat, merchant, and the shop as {@code serve} runs it. Thread-safe. */
final class DemoWorld implements AutoCloseable {

  private final Path folder;
  private final Purse tron;
  private final Purse ton;
  private final FakeTelegram telegram;
  private final TelegramServer telegramServer;
  private final Merchant merchant;
  private final WebServer merchantServer;
  private final Shop shop;
  private final ShopClient client;
  private final String operatorKey = key();

  /**
   * Begins.
   *
   * @param port the public one, 0 for any that is free
   * @param managementPort the other one, 0 for any that is free
   * @param stage what the demo's page shows
   * @throws StartException if the shop does not start
   * @throws IOException if there is no place for the database
   */
  DemoWorld(int port, int managementPort, DemoStage stage) throws StartException, IOException {
    Clock clock = Clock.systemUTC();
    Secret callbackSecret = Secret.of(key());
    Secret apiKey = Secret.of(key());
    folder = Files.createTempDirectory("x0tta6bl4-demo");
    tron = new TronPurse(0, clock);
    ton = new TonPurse(0, clock);
    telegram = new FakeTelegram(clock);
    telegramServer = TelegramServer.start(telegram);
    merchant = new Merchant(callbackSecret, clock);
    merchantServer = WebServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Admission.ALL, 0);
    merchant.addTo(merchantServer);
    merchantServer.start();

    Map<String, String> settings = new HashMap<>();
    settings.put("BIND_ADDRESS", "127.0.0.1");
    settings.put("PORT", Integer.toString(port));
    settings.put("MANAGEMENT_PORT", Integer.toString(managementPort));
    settings.put("PUBLIC_URL", "http://localhost:" + port);
    settings.put("SHOP_NAME", "Demo shop");
    settings.put("API_KEY", apiKey.reveal());
    settings.put("LINK_KEY", key());
    settings.put("OPERATOR_KEY", operatorKey);
    settings.put("ALLOW_HTTP", "true");
    settings.put("TRON_WALLET", tron.wallet());
    settings.put("TRONGRID_URL", tron.baseUrl().toString());
    settings.put("TON_WALLET", ton.wallet());
    settings.put("TONAPI_URL", ton.baseUrl().toString());
    settings.put("PROVIDER_RATE", "50");
    settings.put("WATCH_FAST", "PT1S");
    settings.put("WATCH_SLOW", "PT1S");
    settings.put("DATABASE_FILE", folder.resolve("ledger").toString());
    settings.put("TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN);
    settings.put("TELEGRAM_URL", telegramServer.baseUrl().toString());
    settings.put("CALLBACK_URL", Merchant.url(merchantServer.port()).toString());
    settings.put("CALLBACK_SECRET", callbackSecret.reveal());
    settings.put("OBSERVE_INTERFACES", "lo");
    boolean started = false;
    try {
      shop = Shop.start(Settings.read(settings), clock, new DemoPages(telegram, stage)::addTo);
      started = true;
    } finally {
      if (!started) {
        closeSimulators();
      }
    }
    client = new ShopClient(URI.create("http://127.0.0.1:" + shop.port()), apiKey);
  }

  private static String key() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  Purse purse(Case.Coin coin) {
    return coin.network().equals("tron") ? tron : ton;
  }

  FakeTelegram telegram() {
    return telegram;
  }

  MerchantInbox inbox() {
    return merchant.inbox();
  }

  Shop shop() {
    return shop;
  }

  ShopClient client() {
    return client;
  }

  String traffic() {
    return shop.traffic();
  }

  String operatorKey() {
    return operatorKey;
  }

  /** Idempotent. */
  @Override
  public void close() {
    client.close();
    shop.close();
    closeSimulators();
  }

  private void closeSimulators() {
    merchantServer.close();
    telegramServer.close();
    tron.close();
    ton.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // In the folder for what is temporary, which the system empties.
    }
  }
}
