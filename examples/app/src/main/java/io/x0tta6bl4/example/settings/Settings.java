package io.x0tta6bl4.example.settings;

import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.telegram.BotToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code serve} runs with. Secrets do not show in {@code toString}.
 *
 * @param web the two ports
 * @param keys who may do what
 * @param chains what is paid on, one at least
 * @param pace how often wallets are looked at, and how long orders may be paid
 * @param database where the ledger is
 * @param telegram the bot, if there is one
 * @param callback where events are posted to, if anywhere
 * @param traffic what the status page shows of it
 * @param log what is logged, and how
 * @param drain how long it goes on serving after it was told to stop
 * @param shutdown how long the end may take after that
 */
public record Settings(
    Web web,
    Keys keys,
    List<Chain> chains,
    Pace pace,
    Database database,
    Optional<Telegram> telegram,
    Optional<Callback> callback,
    TrafficSource traffic,
    Log log,
    Duration drain,
    Duration shutdown) {

  /** Copies. */
  public Settings {
    chains = List.copyOf(chains);
  }

  /**
   * Reads them.
   *
   * @param environment the variables
   * @return the settings
   * @throws SettingsException if anything is wrong, with all that is
   */
  public static Settings read(Map<String, String> environment) {
    return new SettingsReader(environment).read();
  }

  /**
   * The two ports.
   *
   * @param bindAddress a literal address
   * @param port 0 for any that is free
   * @param managementPort 0 for any that is free
   * @param publicUrl without a slash at its end
   * @param trustedProxies how many stand in front
   * @param rateLimit requests a minute of one client
   * @param shopName for the buyers
   */
  public record Web(
      String bindAddress,
      int port,
      int managementPort,
      URI publicUrl,
      int trustedProxies,
      int rateLimit,
      String shopName) {}

  /**
   * Who may do what.
   *
   * @param api those of the order API, the newest first
   * @param operator the status page's, if there is one
   * @param links those of the links, the newest first
   */
  public record Keys(List<Secret> api, Optional<Secret> operator, List<Secret> links) {}

  /**
   * A chain.
   *
   * @param network its name, which is that of its verifier too
   * @param wallet whom buyers pay, not yet checked
   * @param options of the verifier
   * @param testnet its name, if it is not the main network
   */
  public record Chain(String network, String wallet, VerifierOptions options, Optional<String> testnet) {}

  /**
   * Times.
   *
   * @param fast between two looks at a wallet with fresh orders
   * @param slow between two looks at one where nothing happens
   * @param overlap how far each look goes back behind the one before
   * @param expiry how long an order may be paid
   */
  public record Pace(Duration fast, Duration slow, Duration overlap, Duration expiry) {}

  /**
   * The database.
   *
   * @param url of PostgreSQL, empty for a file
   * @param user its user
   * @param password its password
   * @param file the H2 file, without its ending
   * @param connections how many
   */
  public record Database(
      Optional<String> url, Optional<String> user, Optional<Secret> password, Path file, int connections) {}

  /**
   * The bot.
   *
   * @param token the bot's
   * @param url where the Bot API answers
   * @param allowHttp whether that may be {@code http://} on a loopback host
   * @param webhookSecret present if updates come by webhook, empty if they are polled
   * @param adminChat who is told of what concerns the operator
   */
  public record Telegram(
      BotToken token, URI url, boolean allowHttp, Optional<Secret> webhookSecret, OptionalLong adminChat) {}

  /**
   * The callback.
   *
   * @param url where to
   * @param secrets what is signed with, the newest first
   */
  public record Callback(URI url, List<Secret> secrets) {}

  /**
   * Where the traffic is counted.
   *
   * @param interfaces in this process
   * @param metrics by another one
   */
  public record TrafficSource(List<String> interfaces, Optional<URI> metrics) {}

  /**
   * The log.
   *
   * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
   * @param json whether each line is a JSON object
   */
  public record Log(String level, boolean json) {}
}
