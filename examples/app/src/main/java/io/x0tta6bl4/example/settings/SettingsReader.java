package io.x0tta6bl4.example.settings;

import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.telegram.BotToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes settings of texts; goes on after what is wrong, so that an operator sees all of it at once. For one use. */
final class SettingsReader {

  private static final int LEAST_KEY = 32;
  private static final int LEAST_PASSWORD = 16;
  private static final Pattern WEBHOOK_SECRET = Pattern.compile("[A-Za-z0-9_-]{16,256}");

  private final List<String> problems = new ArrayList<>();
  private final SettingSources sources;
  private final SettingTypes types;

  SettingsReader(Map<String, String> environment) {
    sources = new SettingSources(environment, problems);
    types = new SettingTypes(sources, problems);
  }

  Settings read() {
    boolean allowHttp = types.flag(Setting.ALLOW_HTTP);
    Settings.Web web = web();
    Settings.Keys keys =
        new Settings.Keys(
            secrets(Setting.API_KEY, Setting.API_KEY_PREVIOUS, true),
            types.secret(Setting.OPERATOR_KEY, LEAST_PASSWORD),
            secrets(Setting.LINK_KEY, Setting.LINK_KEY_PREVIOUS, true));
    List<Settings.Chain> chains = chains(allowHttp);
    Settings.Pace pace = pace();
    Settings.Database database = database();
    Optional<Settings.Telegram> telegram = telegram(allowHttp, web.publicUrl());
    Optional<Settings.Callback> callback = callback(allowHttp);
    Settings.TrafficSource traffic = traffic();
    Settings.Log log =
        new Settings.Log(
            types.choice(Setting.LOG_LEVEL, "error", "warn", "info", "debug"),
            types.choice(Setting.LOG_FORMAT, "text", "json").equals("json"));
    Duration drain = types.duration(Setting.DRAIN_DELAY, Duration.ZERO, Duration.ofMinutes(5));
    Duration shutdown = types.duration(Setting.SHUTDOWN_TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(10));
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Settings(web, keys, chains, pace, database, telegram, callback, traffic, log, drain, shutdown);
  }

  private Settings.Web web() {
    return new Settings.Web(
        types.address(Setting.BIND_ADDRESS),
        types.number(Setting.PORT, 0, 65_535),
        types.number(Setting.MANAGEMENT_PORT, 0, 65_535),
        types.url(Setting.PUBLIC_URL, SettingTypes.Scheme.ANY).orElse(SettingTypes.NOWHERE),
        types.number(Setting.TRUSTED_PROXIES, 0, 10),
        types.number(Setting.RATE_LIMIT, 1, 1_000_000),
        types.text(Setting.SHOP_NAME, 60));
  }

  private List<Secret> secrets(Setting current, Setting former, boolean required) {
    Optional<Secret> first = types.secret(current, LEAST_KEY);
    Optional<Secret> second = types.secret(former, LEAST_KEY);
    if (required && sources.text(current).isEmpty() && !types.isBroken(current)) {
      problems.add(current + " is missing: expected " + LEAST_KEY + " characters or more, or " + current + "_FILE");
    }
    return Stream.of(first, second).flatMap(Optional::stream).toList();
  }

  private List<Settings.Chain> chains(boolean allowHttp) {
    List<Settings.Chain> chains = new ArrayList<>();
    chain("tron", Setting.TRON_WALLET, Setting.TRONGRID_API_KEY, Setting.TRONGRID_URL, allowHttp)
        .map(chain -> withTestnet(chain, types.optionalChoice(Setting.TRON_TESTNET, "nile", "shasta")))
        .ifPresent(chains::add);
    chain("ton", Setting.TON_WALLET, Setting.TONAPI_KEY, Setting.TONAPI_URL, allowHttp)
        .map(chain -> withTestnet(chain, types.optionalChoice(Setting.TON_TESTNET, "testnet")))
        .ifPresent(chains::add);
    if (chains.isEmpty()) {
      problems.add("TRON_WALLET and TON_WALLET are missing: expected one of them at least");
    }
    return chains;
  }

  private Optional<Settings.Chain> chain(
      String network, Setting wallet, Setting key, Setting url, boolean allowHttp) {
    VerifierOptions options = VerifierOptions.none().with(VerifierOptions.ALLOW_HTTP, Boolean.toString(allowHttp));
    Optional<URI> base = types.url(url, scheme(allowHttp));
    if (base.isPresent()) {
      options = options.with(VerifierOptions.BASE_URL, base.get().toString());
    }
    Optional<Secret> secret = types.secret(key, 1);
    if (secret.isPresent()) {
      options = options.with(VerifierOptions.API_KEY, secret.get().reveal());
    }
    if (sources.text(Setting.PROVIDER_RATE).isPresent()) {
      options =
          options.with(
              VerifierOptions.REQUESTS_PER_SECOND, Integer.toString(types.number(Setting.PROVIDER_RATE, 1, 1000)));
    }
    if (sources.text(Setting.PROVIDER_PAGES).isPresent()) {
      options =
          options.with(VerifierOptions.MAX_PAGES, Integer.toString(types.number(Setting.PROVIDER_PAGES, 1, 10_000)));
    }
    VerifierOptions all = options;
    return sources.text(wallet).map(address -> new Settings.Chain(network, address.strip(), all, Optional.empty()));
  }

  private static SettingTypes.Scheme scheme(boolean allowHttp) {
    return allowHttp ? SettingTypes.Scheme.SAFE_OR_LOOPBACK : SettingTypes.Scheme.SAFE;
  }

  private static Settings.Chain withTestnet(Settings.Chain chain, Optional<String> testnet) {
    return testnet.isEmpty()
        ? chain
        : new Settings.Chain(
            chain.network(), chain.wallet(), chain.options().with(VerifierOptions.NETWORK, testnet.get()), testnet);
  }

  private Settings.Pace pace() {
    Duration least = Duration.ofMillis(100);
    Duration fast = types.duration(Setting.WATCH_FAST, least, Duration.ofMinutes(10));
    Duration slow = types.duration(Setting.WATCH_SLOW, least, Duration.ofHours(1));
    if (slow.compareTo(fast) < 0) {
      problems.add("WATCH_SLOW '" + slow + "': expected no less than WATCH_FAST, which is " + fast);
    }
    Duration expiry = types.duration(Setting.ORDER_EXPIRY, Duration.ofMinutes(1), Duration.ofDays(30));
    Duration overlap = types.duration(Setting.WATCH_OVERLAP, Duration.ofSeconds(1), Duration.ofHours(24));
    return new Settings.Pace(fast, slow, overlap, expiry);
  }

  private Settings.Database database() {
    Optional<String> url = sources.text(Setting.DATABASE_URL).map(String::strip);
    if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
      // The rest may have a password in it.
      problems.add("DATABASE_URL: expected one that begins with jdbc:postgresql:");
    }
    if (url.isPresent() && url.get().contains("password=")) {
      problems.add("DATABASE_URL has a password in it: expected that in DATABASE_PASSWORD");
    }
    return new Settings.Database(
        url,
        sources.text(Setting.DATABASE_USER),
        types.secret(Setting.DATABASE_PASSWORD, 1),
        Path.of(types.text(Setting.DATABASE_FILE, 1000)),
        types.number(Setting.DATABASE_CONNECTIONS, 2, 200));
  }

  private Optional<Settings.Telegram> telegram(boolean allowHttp, URI publicUrl) {
    Optional<BotToken> token = types.secret(Setting.TELEGRAM_BOT_TOKEN, 1).flatMap(this::token);
    String mode = types.choice(Setting.TELEGRAM_MODE, "polling", "webhook");
    Optional<Secret> secret = types.secret(Setting.TELEGRAM_WEBHOOK_SECRET, 1);
    if (secret.isPresent() && !WEBHOOK_SECRET.matcher(secret.get().reveal()).matches()) {
      problems.add("TELEGRAM_WEBHOOK_SECRET: expected 16 to 256 characters of [A-Za-z0-9_-]");
    }
    boolean webhook = mode.equals("webhook");
    if (token.isPresent() && webhook && secret.isEmpty() && !types.isBroken(Setting.TELEGRAM_WEBHOOK_SECRET)) {
      problems.add("TELEGRAM_WEBHOOK_SECRET is missing: expected with TELEGRAM_MODE webhook");
    }
    if (token.isPresent() && webhook && !"https".equals(publicUrl.getScheme()) && !allowHttp) {
      problems.add("PUBLIC_URL '" + publicUrl + "': expected one of https, where Telegram posts to with TELEGRAM_MODE webhook");
    }
    OptionalLong admin =
        sources.text(Setting.TELEGRAM_ADMIN_CHAT).isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(types.chat(Setting.TELEGRAM_ADMIN_CHAT));
    Optional<URI> url = types.url(Setting.TELEGRAM_URL, scheme(allowHttp));
    if (token.isEmpty() || url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Settings.Telegram(token.get(), url.get(), allowHttp, webhook ? secret : Optional.empty(), admin));
  }

  private Optional<BotToken> token(Secret text) {
    try {
      return Optional.of(BotToken.of(text.reveal()));
    } catch (IllegalArgumentException e) {
      problems.add("TELEGRAM_BOT_TOKEN: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Settings.Callback> callback(boolean allowHttp) {
    Optional<URI> url = types.url(Setting.CALLBACK_URL, scheme(allowHttp));
    List<Secret> secrets = secrets(Setting.CALLBACK_SECRET, Setting.CALLBACK_SECRET_PREVIOUS, url.isPresent());
    return url.map(to -> new Settings.Callback(to, secrets));
  }

  private Settings.TrafficSource traffic() {
    List<String> interfaces =
        sources.text(Setting.OBSERVE_INTERFACES).stream()
            .flatMap(names -> Stream.of(names.split(",", -1)))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    // The other process is beside this one, in its network: plain HTTP is what it speaks.
    Optional<URI> metrics = types.url(Setting.TRAFFIC_URL, SettingTypes.Scheme.ANY);
    if (!interfaces.isEmpty() && metrics.isPresent()) {
      problems.add("OBSERVE_INTERFACES and TRAFFIC_URL are both set: expected one of them");
    }
    return new Settings.TrafficSource(interfaces, metrics);
  }
}
