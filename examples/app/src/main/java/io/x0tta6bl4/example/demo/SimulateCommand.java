package io.x0tta6bl4.example.demo;

import io.x0tta6bl4.example.stop.StopSignal;
import io.x0tta6bl4.example.web.Admission;
import io.x0tta6bl4.example.web.WebServer;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.simulator.telegram.TelegramServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: all that a shop talks to, for shops that run elsewhere. */
@Command(
    name = "simulate",
    description = {
      "Simulates TronGrid, tonapi, Telegram and a merchant on loopback, in the real ones' formats, until SIGTERM or Ctrl-C.",
      "POST /payments on the first port pays; GET /callbacks/{order} tells what the merchant was told of an order.",
      "The merchant checks signatures with CALLBACK_SECRET. Prints the settings of a shop that uses all of it, then ready.",
      "Exit codes: 0 stopped; 2 bad usage; 3 a port is taken."
    })
public final class SimulateCommand implements Callable<Integer> {

  private static final int STOPPED = 0;
  private static final int BAD_INPUT = 2;
  private static final int UNAVAILABLE = 3;
  private static final int SHORTEST_SECRET = 32;

  private final Map<String, String> environment;

  @Spec @Nullable CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help and exit")
  boolean help;

  @Option(names = "--port", defaultValue = "9700", description = "of payments and callbacks (default: 9700)")
  int port;

  @Option(names = "--tron-port", defaultValue = "9701", description = "of TronGrid (default: 9701)")
  int tronPort;

  @Option(names = "--ton-port", defaultValue = "9702", description = "of tonapi (default: 9702)")
  int tonPort;

  @Option(names = "--telegram-port", defaultValue = "9703", description = "of the Bot API (default: 9703)")
  int telegramPort;

  /**
   * Made by the command line.
   *
   * @param environment where the secret is looked up
   */
  public SimulateCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String secret = environment.getOrDefault("CALLBACK_SECRET", "");
    if (secret.length() < SHORTEST_SECRET) {
      err.println("error: CALLBACK_SECRET: expected " + SHORTEST_SECRET + " characters or more");
      return BAD_INPUT;
    }
    Clock clock = Clock.systemUTC();
    try (StopSignal stop = StopSignal.await();
        Purse tron = new TronPurse(tronPort, clock);
        Purse ton = new TonPurse(tonPort, clock);
        TelegramServer telegram = TelegramServer.start(telegramPort, new FakeTelegram(clock));
        WebServer server = WebServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Admission.ALL, 0)) {
      Merchant merchant = new Merchant(Secret.of(secret), clock);
      merchant.addTo(server);
      new Till(List.of(tron, ton), merchant.inbox()).addTo(server);
      server.start();
      out.println("TRON_WALLET=" + tron.wallet());
      out.println("TRONGRID_URL=" + tron.baseUrl());
      out.println("TON_WALLET=" + ton.wallet());
      out.println("TONAPI_URL=" + ton.baseUrl());
      out.println("TELEGRAM_BOT_TOKEN=" + FakeTelegram.TOKEN);
      out.println("TELEGRAM_URL=" + telegram.baseUrl());
      out.println("CALLBACK_URL=" + Merchant.url(server.port()));
      out.println("ALLOW_HTTP=true");
      out.println("ready");
      stop.waitFor();
      stop.finished(STOPPED);
      return STOPPED;
    } catch (IOException | UncheckedIOException e) {
      err.println("error: " + e.getMessage());
      return UNAVAILABLE;
    }
  }
}
