package io.x0tta6bl4.example;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.spi.PaymentVerifierProvider;
import io.x0tta6bl4.payment.spi.VerifierContext;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verify}: one verification, one JSON object on stdout. */
@Command(
    name = "verify",
    description = {
      "Verifies one payment and prints one JSON object.",
      "Exit codes: 0 verified; 1 rejected, not found or pending; 2 bad usage or input; 3 unavailable or incomplete.",
      "The API key is read from TRONGRID_API_KEY or TONAPI_KEY."
    })
final class VerifyCommand implements Callable<Integer> {

  private static final Map<String, String> KEY_VARIABLES = new TreeMap<>(Map.of("tron", "TRONGRID_API_KEY", "ton", "TONAPI_KEY"));

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  private static final Map<String, List<String>> TESTNETS =
      Map.of("tron", List.of("nile", "shasta"), "ton", List.of("testnet"));

  private final Map<String, String> environment;

  @Spec @Nullable CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help and exit")
  boolean help;

  @Option(names = "--network", required = true, paramLabel = "NETWORK", description = "tron or ton")
  String network = "";

  @Option(
      names = "--asset",
      required = true,
      paramLabel = "ASSET",
      description = "USDT, TRX, TON, or the contract or master of a token together with --decimals")
  String asset = "";

  @Option(names = "--decimals", paramLabel = "N", description = "decimals of a token that is named by its contract")
  @Nullable String decimals;

  @Option(names = "--wallet", required = true, paramLabel = "ADDRESS", description = "the wallet that was to be paid")
  String wallet = "";

  @Option(names = "--amount", required = true, paramLabel = "DECIMAL", description = "the amount, for instance 25.50")
  String amount = "";

  @Option(names = "--order", required = true, paramLabel = "ID", description = "the order id, which is the memo")
  String order = "";

  @Option(
      names = "--match",
      paramLabel = "MODE",
      description = "memo, amount or address: how the order's payment is recognised (default: memo)")
  String match = "memo";

  @Option(
      names = "--tolerance",
      paramLabel = "FRACTION",
      description = "tolerated difference, at least 0 and less than 1 (default: 0.01); not with --match amount")
  @Nullable String tolerance;

  @Option(names = "--max-age", paramLabel = "DURATION", description = "ISO-8601 (default: PT24H)")
  String maxAge = "PT24H";

  @Option(names = "--tx", paramLabel = "HASH", description = "judge this transaction in place of scanning the wallet")
  @Nullable String transaction;

  @Option(names = "--accept-overpayment", description = "accept more than the amount")
  boolean acceptOverpayment;

  @Option(names = "--base-url", paramLabel = "URL", description = "where the provider answers")
  @Nullable String baseUrl;

  @Option(names = "--allow-http", description = "accept http:// in --base-url, for loopback hosts only")
  boolean allowHttp;

  @Option(names = "--testnet", paramLabel = "NAME", description = "nile or shasta on Tron, testnet on TON")
  @Nullable String testnet;

  @Option(names = "--now", paramLabel = "INSTANT", description = "judge as if it were this instant, ISO-8601")
  @Nullable String now;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "time until there is a verdict, ISO-8601 (default: PT30S)")
  String timeout = "PT30S";

  VerifyCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    Verification verdict;
    PaymentRequest request;
    try {
      PaymentVerifierProvider provider = PaymentVerifiers.provider(checkedNetwork(), loader());
      VerifierOptions options = options();
      request = request(provider.asset(asset, Inputs.decimals(decimals), options));
      try (PaymentVerifier verifier =
          PaymentVerifiers.load(network, VerifierContext.of(options, clock()), loader())) {
        verdict = transaction == null ? verifier.verify(request) : verifier.verify(request, transaction);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The library calls its settings options; here they have two dashes.
      String message = String.valueOf(e.getMessage()).replaceFirst("^option '([a-z-]+)'( = )?", "--$1 ");
      throw new ParameterException(command.commandLine(), message, e);
    }
    command.commandLine().getOut().println(VerdictJson.of(network, asset, verdict));
    if (command.commandLine().getOut().checkError()) {
      command.commandLine().getErr().println("error: the verdict could not be written to stdout");
      return ExitCodes.UNAVAILABLE;
    }
    return exitCode(verdict);
  }

  private PaymentRequest request(Asset checkedAsset) {
    Amount expected = Amount.of(checkedAsset, Inputs.decimal("--amount", amount));
    PaymentRequest.Builder request =
        PaymentRequest.builder(order, wallet, expected)
            .matchMode(matchMode())
            .maxAge(Inputs.duration("--max-age", maxAge, PaymentRequest.LONGEST_MAX_AGE))
            .acceptOverpayment(acceptOverpayment);
    if (tolerance != null) {
      BigDecimal fraction = Inputs.decimal("--tolerance", tolerance);
      request.tolerance(fraction);
    }
    return request.build();
  }

  private VerifierOptions options() {
    Duration limit = Inputs.duration("--timeout", timeout, LONGEST_TIMEOUT);
    VerifierOptions options =
        VerifierOptions.none()
            .with(VerifierOptions.TIMEOUT, limit.toString())
            .with(VerifierOptions.ALLOW_HTTP, Boolean.toString(allowHttp));
    if (baseUrl != null) {
      options = options.with(VerifierOptions.BASE_URL, baseUrl);
    }
    if (testnet != null) {
      options = options.with(VerifierOptions.NETWORK, checkedTestnet(testnet));
    }
    String variable = KEY_VARIABLES.get(network);
    String key = variable == null ? null : environment.get(variable);
    return key == null || key.isBlank() ? options : options.with(VerifierOptions.API_KEY, key);
  }

  private String checkedNetwork() {
    if (!KEY_VARIABLES.containsKey(network)) {
      throw new IllegalArgumentException("--network '" + network + "': expected one of " + KEY_VARIABLES.keySet());
    }
    return network;
  }

  private String checkedTestnet(String name) {
    List<String> known = TESTNETS.getOrDefault(network, List.of());
    if (!known.contains(name)) {
      throw new IllegalArgumentException("--testnet '" + name + "': expected " + String.join(" or ", known));
    }
    return name;
  }

  private MatchMode matchMode() {
    return switch (match) {
      case "memo", "amount", "address" -> MatchMode.valueOf(match.toUpperCase(Locale.ROOT));
      default -> throw new IllegalArgumentException("--match '" + match + "': expected memo, amount or address");
    };
  }

  private Clock clock() {
    return now == null ? Clock.systemUTC() : Clock.fixed(Inputs.instant("--now", now), ZoneOffset.UTC);
  }

  private static ClassLoader loader() {
    return VerifyCommand.class.getClassLoader();
  }

  private static int exitCode(Verification verdict) {
    return switch (verdict) {
      case Verification.Verified verified -> ExitCodes.VERIFIED;
      case Verification.Pending pending -> ExitCodes.NOT_VERIFIED;
      case Verification.Rejected rejected -> ExitCodes.NOT_VERIFIED;
      case Verification.NotFound notFound -> ExitCodes.NOT_VERIFIED;
      case Verification.Incomplete incomplete -> ExitCodes.UNAVAILABLE;
      case Verification.Unavailable unavailable -> ExitCodes.UNAVAILABLE;
    };
  }
}
