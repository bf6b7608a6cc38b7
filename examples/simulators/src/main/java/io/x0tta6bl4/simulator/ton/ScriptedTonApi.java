package io.x0tta6bl4.simulator.ton;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.simulator.http.Answer;
import io.x0tta6bl4.simulator.http.LoopbackServer;
import io.x0tta6bl4.simulator.http.SeenRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on this machine that plays tonapi v2 from a list of {@link ScriptedTransaction}s, in the shapes of the recorded
 * answers. The list is asked for at every request, so that it may change at any time. Thread-safe; close it at the end.
 *
 * <p>Its newest block has the clock's time in whole seconds; but a transaction that is not
 * {@linkplain ScriptedTransaction#pending() pending} is always below it, and a pending one never.
 */
public final class ScriptedTonApi implements AutoCloseable {

  /** How the server behaves. */
  public enum Mode {
    /** It answers. */
    HEALTHY,
    /** It answers 503. */
    DOWN,
    /** It answers 429. */
    RATE_LIMITED,
    /** It answers 200 with JSON that ends in the middle. */
    MALFORMED
  }

  private static final Pattern FEED = Pattern.compile("/v2/blockchain/accounts/([^/]+)/transactions");
  private static final Pattern METHOD = Pattern.compile("/v2/blockchain/accounts/([^/]+)/methods/([a-z_]+)");
  private static final Pattern BY_HASH = Pattern.compile("/v2/blockchain/transactions/([^/]+)");
  private static final Pattern BY_MESSAGE = Pattern.compile("/v2/blockchain/messages/([^/]+)/transaction");
  private static final Pattern HISTORY = Pattern.compile("/v2/jettons/([^/]+)/accounts/([^/]+)/history");
  private static final Pattern OLD_HISTORY = Pattern.compile("/v2/accounts/([^/]+)/jettons/([^/]+)/history");
  private static final int MOST_ROWS = 1000;

  private final LoopbackServer server;
  private final Clock clock;
  private final Supplier<List<ScriptedTransaction>> script;
  private final Map<String, Answer> fixed = new ConcurrentHashMap<>();
  private final Map<String, Integer> misses = new ConcurrentHashMap<>();
  private final Map<String, String> claims = new ConcurrentHashMap<>();
  private final Set<String> hidden = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.HEALTHY;
  private volatile Duration behind = Duration.ZERO;
  private volatile long latency = 3;
  private volatile int pageSize = MOST_ROWS;
  private volatile int breaksOffBehind = Integer.MAX_VALUE;
  private volatile boolean earliestOnly;
  private volatile boolean oldHistoryOnly;

  private ScriptedTonApi(int port, Clock clock, Supplier<List<ScriptedTransaction>> script) {
    this.clock = clock;
    this.script = script;
    this.server = LoopbackServer.start(port, this::answer);
  }

  /** Starts a server on a free port of the loopback interface. */
  public static ScriptedTonApi start(Clock clock, Supplier<List<ScriptedTransaction>> script) {
    return start(0, clock, script);
  }

  /** Starts a server on a port of the loopback interface, 0 for any that is free. */
  public static ScriptedTonApi start(int port, Clock clock, Supplier<List<ScriptedTransaction>> script) {
    return new ScriptedTonApi(port, clock, script);
  }

  /** Gives where it answers. */
  public URI baseUrl() {
    return server.baseUrl();
  }

  /** Adds to options what leads a verifier here. */
  public VerifierOptions options(VerifierOptions base) {
    return base.with(VerifierOptions.BASE_URL, baseUrl().toString()).with(VerifierOptions.ALLOW_HTTP, "true");
  }

  /** Sets how it behaves. */
  public void mode(Mode next) {
    mode = next;
  }

  /** Sets how far its newest block is behind the clock; it then shows nothing that is younger. */
  public void behind(Duration lag) {
    behind = lag;
  }

  /** Sets how far its index is behind the chain. */
  public void latency(long seconds) {
    latency = seconds;
  }

  /** Sets how many rows a page has at the most, whatever is asked for. */
  public void pageSize(int rows) {
    pageSize = rows;
  }

  /** Lets each account's listing end behind so many rows, though its last row names one before it. */
  public void breaksOffBehind(int rows) {
    breaksOffBehind = rows;
  }

  /**
   * Lets each listing show the earliest transaction of an account alone, and break off behind it: a listing that is newest
   * first has no other way to break off and yet to show the earliest.
   */
  public void showsTheEarliestOnly() {
    earliestOnly = true;
  }

  /** Serves the jetton history by the deprecated path only. */
  public void servesOldHistoryOnly() {
    oldHistoryOnly = true;
  }

  /** Leaves a transaction out of the listings; the one behind it still names it. */
  public void hide(String hash) {
    hidden.add(hash);
  }

  /** Answers 404 so many times for a transaction or message before it is known. */
  public void missesFirst(String hash, int times) {
    misses.put(hash, times);
  }

  /** Lets a contract claim to be a wallet of a jetton. */
  public void claims(String wallet, String master) {
    claims.put(wallet, master);
  }

  /** Answers a path always so. */
  public void answers(String path, int status, String body) {
    fixed.put(path, text(status, body));
  }

  /** Makes it healthy again, and forgets the requests so far. */
  public void reset() {
    mode = Mode.HEALTHY;
    behind = Duration.ZERO;
    latency = 3;
    pageSize = MOST_ROWS;
    breaksOffBehind = Integer.MAX_VALUE;
    earliestOnly = false;
    oldHistoryOnly = false;
    fixed.clear();
    misses.clear();
    claims.clear();
    hidden.clear();
    forgetRequests();
  }

  /** Gives the requests so far, the earliest first. */
  public List<SeenRequest> requests() {
    return server.requests();
  }

  /** Gives the paths of the requests so far, without their queries. */
  public List<String> paths() {
    return requests().stream().map(SeenRequest::path).toList();
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    server.forgetRequests();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Gives the wallet that a master derives for an owner. */
  public static String wallet(String master, String owner) {
    return master.equals(Answers.USDT) && owner.equals(Answers.MERCHANT)
        ? Answers.MERCHANT_WALLET
        : "0:" + ScriptedTransaction.sha256("wallet of " + owner + " at " + master);
  }

  private Answer answer(SeenRequest request) {
    switch (mode) {
      case DOWN -> {
        return text(503, "{\"error\":\"unavailable\"}");
      }
      case RATE_LIMITED -> {
        return text(429, Answers.text("error-429-free-tier.json"));
      }
      case MALFORMED -> {
        return text(200, "{\"transactions\":[{\"hash\":\"");
      }
      case HEALTHY -> {}
    }
    String path = request.path();
    Answer set = fixed.get(path);
    if (set != null) {
      return set;
    }
    if (path.equals("/v2/blockchain/masterchain-head")) {
      return json(Answers.tree("synthetic-masterchain-head.json").put("gen_utime", head()));
    }
    if (path.equals("/v2/status")) {
      return json(Answers.tree("synthetic-status.json").put("indexing_latency", latency));
    }
    Matcher parts = FEED.matcher(path);
    if (parts.matches()) {
      return feed(parts.group(1), request);
    }
    parts = METHOD.matcher(path);
    if (parts.matches()) {
      return method(parts.group(1), parts.group(2), request);
    }
    parts = BY_HASH.matcher(path);
    if (parts.matches()) {
      String hash = parts.group(1);
      return single(hash, all().stream().filter(t -> t.hash().equals(hash)).findFirst());
    }
    parts = BY_MESSAGE.matcher(path);
    if (parts.matches()) {
      String hash = parts.group(1);
      return single(hash, all().stream().filter(t -> t.messageHash().equals(hash)).findFirst());
    }
    parts = HISTORY.matcher(path);
    if (parts.matches()) {
      return oldHistoryOnly ? notFound() : history(parts.group(1), parts.group(2), request);
    }
    parts = OLD_HISTORY.matcher(path);
    if (parts.matches()) {
      return history(parts.group(2), parts.group(1), request);
    }
    return notFound();
  }

  private long head() {
    long head = clock.instant().minus(behind).getEpochSecond();
    if (behind.isZero()) {
      for (ScriptedTransaction payment : script.get()) {
        head = payment.isPending() ? head : Math.max(head, payment.blockTime().getEpochSecond());
      }
    }
    for (ScriptedTransaction payment : script.get()) {
      head = payment.isPending() ? Math.min(head, payment.walletTime() - 1) : head;
    }
    return head;
  }

  /** What the server knows: one that is behind does not know what came later. */
  private List<ScriptedTonTransaction> all() {
    List<ScriptedTransaction> payments =
        script.get().stream()
            .filter(p -> behind.isZero() || !p.blockTime().isAfter(clock.instant().minus(behind)))
            .sorted(Comparator.comparing(ScriptedTransaction::blockTime))
            .toList();
    return ScriptedTonTransaction.of(payments);
  }

  private Answer single(String hash, Optional<ScriptedTonTransaction> found) {
    int left = misses.merge(hash, -1, Integer::sum);
    return found.isEmpty() || left >= 0 ? notFound() : json(found.get().json());
  }

  private Answer feed(String account, SeenRequest request) {
    int limit = Integer.parseInt(query(request, "limit", "100"));
    if (limit < 1 || limit > MOST_ROWS || !query(request, "sort_order", "desc").equals("desc")) {
      return text(400, Answers.text("synthetic-error-400-decode.json"));
    }
    long beforeLt = Long.parseLong(query(request, "before_lt", String.valueOf(Long.MAX_VALUE)));
    List<ScriptedTonTransaction> own = new ArrayList<>(all().stream().filter(t -> t.account().equals(account)).toList());
    own.sort(Comparator.comparingLong(ScriptedTonTransaction::lt).reversed());
    ObjectNode page = Answers.JSON.createObjectNode();
    ArrayNode rows = page.putArray("transactions");
    List<ScriptedTonTransaction> listed =
        (earliestOnly && !own.isEmpty() ? own.subList(own.size() - 1, own.size()) : own)
            .stream().filter(t -> !hidden.contains(t.hash())).toList();
    for (ScriptedTonTransaction row : listed.subList(0, Math.min(breaksOffBehind, listed.size()))) {
      if (row.lt() < beforeLt && rows.size() < Math.min(limit, pageSize)) {
        ObjectNode json = row.json();
        if (earliestOnly) {
          json.put("prev_trans_hash", "cd".repeat(32)).put("prev_trans_lt", row.lt() - 1000);
        }
        rows.add(json);
        if (row.payment().isListedTwice()) {
          rows.add(json.deepCopy());
        }
      }
    }
    return json(page);
  }

  private Answer method(String account, String name, SeenRequest request) {
    if (name.equals("get_wallet_address")) {
      ObjectNode answer = Answers.tree("synthetic-get-wallet-address.json");
      ((ObjectNode) answer.get("decoded")).put("jetton_wallet_address", wallet(account, query(request, "args", "")));
      return json(answer);
    }
    String master = claims.get(account);
    for (ScriptedTonTransaction transaction : all()) {
      boolean isWallet =
          transaction.role() == ScriptedTransaction.Role.RECIPIENTS_WALLET
              || transaction.role() == ScriptedTransaction.Role.SENDERS_WALLET;
      if (master == null && isWallet && transaction.account().equals(account)) {
        master = transaction.payment().asset().contract();
      }
    }
    if (master == null) {
      return notFound();
    }
    ObjectNode answer = Answers.JSON.createObjectNode();
    answer.put("success", true).put("exit_code", 0).putArray("stack");
    answer.putObject("decoded").put("balance", "0").put("jetton", master).put("jetton_wallet_code", "b5ee9c72");
    return json(answer);
  }

  private Answer history(String master, String account, SeenRequest request) {
    int limit = Integer.parseInt(query(request, "limit", "0"));
    if (limit < 1 || limit > MOST_ROWS) {
      return text(400, Answers.text("synthetic-error-400-decode.json"));
    }
    long beforeLt = Long.parseLong(query(request, "before_lt", String.valueOf(Long.MAX_VALUE)));
    long from = Long.parseLong(query(request, "start_date", "0"));
    List<ScriptedTonTransaction> moves =
        new ArrayList<>(
            all().stream()
                .filter(t -> t.role() == ScriptedTransaction.Role.RECIPIENTS_WALLET && !t.isBounced())
                .filter(t -> master.equals(t.payment().asset().contract()))
                .filter(t -> t.payment().to().equals(account) || t.payment().from().equals(account))
                .toList());
    moves.sort(Comparator.comparingLong(ScriptedTonTransaction::lt).reversed());
    ObjectNode page = Answers.JSON.createObjectNode();
    ArrayNode rows = page.putArray("operations");
    long next = 0;
    for (ScriptedTonTransaction move : earliestOnly && !moves.isEmpty() ? moves.subList(moves.size() - 1, moves.size()) : moves) {
      if (move.lt() < beforeLt && move.utime() >= from && rows.size() < Math.min(limit, pageSize)) {
        rows.add(move.operation());
        next = move.lt();
        if (move.payment().isListedTwice()) {
          rows.add(move.operation());
        }
      }
    }
    if (next != 0) {
      page.put("next_from", next);
    }
    return json(page);
  }

  private static String query(SeenRequest request, String name, String otherwise) {
    return request.query(name).orElse(otherwise);
  }

  private static Answer notFound() {
    return text(404, Answers.text("error-404-entity-not-found.json"));
  }

  private static Answer json(ObjectNode body) {
    return text(200, body.toString());
  }

  private static Answer text(int status, String body) {
    return Answer.text(status, body);
  }

}
