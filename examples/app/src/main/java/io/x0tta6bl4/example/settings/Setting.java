package io.x0tta6bl4.example.settings;

import org.jspecify.annotations.Nullable;

/** The settings of {@code serve}. The name of one is that of its environment variable; the README's table shows them all. */
public enum Setting {
  /** File with lines {@code NAME=value}, below the environment. */
  CONFIG_FILE(null, "file with lines `NAME=value`; the environment goes over it"),

  /** The public address. */
  PUBLIC_URL("http://localhost:8080", "where buyers reach the public port; the links to checkout pages begin with it"),
  /** The public port. */
  PORT("8080", "port of the order API, the checkout pages and the Telegram webhook"),
  /** The management port. */
  MANAGEMENT_PORT("9464", "port of `/metrics`, `/healthz/…` and the status page"),
  /** The address to listen on. */
  BIND_ADDRESS("0.0.0.0", "address that both ports listen on"),
  /** Proxies in front. */
  TRUSTED_PROXIES("0", "how many proxies stand in front, whose `X-Forwarded-For` is believed"),
  /** Requests a minute of a client. */
  RATE_LIMIT("120", "requests a minute that one client without a key may make on the public port"),
  /** The shop's name. */
  SHOP_NAME("x0tta6bl4", "what the checkout page calls the shop"),

  /** Key of the order API. */
  API_KEY(null, "key of the order API, 32 characters or more; required", true),
  /** The key before. */
  API_KEY_PREVIOUS(null, "the key before, which is accepted too while keys are changed", true),
  /** Password of the status page. */
  OPERATOR_KEY(null, "password of the status page, 16 characters or more; without it there is no such page", true),
  /** Key of the links. */
  LINK_KEY(null, "what links to checkout pages and into the chat are made with, 32 characters or more; required", true),
  /** The key before. */
  LINK_KEY_PREVIOUS(null, "the key before, whose links still work", true),

  /** Wallet on Tron. */
  TRON_WALLET(null, "address that buyers pay on Tron; one wallet at least is required"),
  /** Key of TronGrid. */
  TRONGRID_API_KEY(null, "key of TronGrid", true),
  /** Where TronGrid is. */
  TRONGRID_URL(null, "where TronGrid answers, if not at its usual place"),
  /** A testnet. */
  TRON_TESTNET(null, "`nile` or `shasta`"),
  /** Wallet on TON. */
  TON_WALLET(null, "address that buyers pay on TON"),
  /** Key of tonapi. */
  TONAPI_KEY(null, "key of tonapi", true),
  /** Where tonapi is. */
  TONAPI_URL(null, "where tonapi answers, if not at its usual place"),
  /** A testnet. */
  TON_TESTNET(null, "`testnet`"),
  /** Accept http. */
  ALLOW_HTTP("false", "accept `http://` in the URLs of providers, Telegram and the callback, for loopback hosts only"),
  /** Requests to a provider. */
  PROVIDER_RATE(null, "requests a second to each provider; default that of the provider's plan with and without a key"),
  /** Pages of a look. */
  PROVIDER_PAGES(null, "pages that one look reads at most; more than the default of 50 for wallets with hundreds of payments a minute"),
  /** Fast pace. */
  WATCH_FAST("PT5S", "pause between two looks at a wallet with fresh orders"),
  /** Slow pace. */
  WATCH_SLOW("PT1M", "pause between two looks at a wallet where nothing happens"),
  /** Overlap of looks. */
  WATCH_OVERLAP("PT10M", "how far each look goes back behind the one before; less only for wallets with hundreds of payments a minute"),
  /** Time to pay. */
  ORDER_EXPIRY("PT1H", "how long an order may be paid where nothing else is said"),

  /** The database. */
  DATABASE_URL(null, "`jdbc:postgresql://host/name`; without it the ledger is an H2 file"),
  /** Its user. */
  DATABASE_USER(null, "user of the database"),
  /** Its password. */
  DATABASE_PASSWORD(null, "password of the database", true),
  /** The file. */
  DATABASE_FILE("./data/x0tta6bl4", "the H2 file, without its ending"),
  /** Connections. */
  DATABASE_CONNECTIONS("10", "connections to the database"),

  /** The bot. */
  TELEGRAM_BOT_TOKEN(null, "token of the bot; without it there is no bot", true),
  /** How updates come. */
  TELEGRAM_MODE("polling", "`polling` or `webhook`"),
  /** Secret of the webhook. */
  TELEGRAM_WEBHOOK_SECRET(null, "secret of the webhook, 16 to 256 characters of [A-Za-z0-9_-]; required with it", true),
  /** Where Telegram is. */
  TELEGRAM_URL("https://api.telegram.org", "where the Bot API answers"),
  /** The operator's chat. */
  TELEGRAM_ADMIN_CHAT(null, "chat that is told of what concerns the operator"),

  /** The merchant's address. */
  CALLBACK_URL(null, "where events are posted to; without it they are not"),
  /** What callbacks are signed with. */
  CALLBACK_SECRET(null, "what callbacks are signed with, 32 characters or more; required with the URL", true),
  /** The secret before. */
  CALLBACK_SECRET_PREVIOUS(null, "the secret before, which callbacks are signed with too", true),

  /** Interfaces to count. */
  OBSERVE_INTERFACES(null, "interfaces whose traffic is counted in this process, with commas between"),
  /** Another process that counts. */
  TRAFFIC_URL(null, "metrics of an `observe` beside this process, whose traffic the status page shows"),

  /** Log level. */
  LOG_LEVEL("info", "`error`, `warn`, `info` or `debug`"),
  /** Log format. */
  LOG_FORMAT("text", "`text` or `json`"),
  /** Pause before the end. */
  DRAIN_DELAY("PT0S", "how long it goes on serving after SIGTERM, not ready, until the balancers in front have learnt of it"),
  /** Deadline of the end. */
  SHUTDOWN_TIMEOUT("PT20S", "how long the end may take after that");

  private final @Nullable String defaultValue;
  private final String purpose;
  private final boolean secret;

  Setting(@Nullable String defaultValue, String purpose) {
    this(defaultValue, purpose, false);
  }

  Setting(@Nullable String defaultValue, String purpose, boolean secret) {
    this.defaultValue = defaultValue;
    this.purpose = purpose;
    this.secret = secret;
  }

  /**
   * What holds where nothing is set.
   *
   * @return the text, or null for nothing
   */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /**
   * What it is for.
   *
   * @return a phrase in Markdown
   */
  public String purpose() {
    return purpose;
  }

  /**
   * Whether its value must not be shown. Such a one may come from a file that {@code NAME_FILE} names.
   *
   * @return whether it is so
   */
  public boolean isSecret() {
    return secret;
  }
}
