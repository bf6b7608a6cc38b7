package io.x0tta6bl4.simulator.tron;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.simulator.http.Answer;
import io.x0tta6bl4.simulator.http.LoopbackServer;
import io.x0tta6bl4.simulator.http.SeenRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server on this machine that plays TronGrid from a list of {@link ScriptedTransaction}s, in the shapes of the recorded
 * answers. The list is asked for at every request, so that it may change at any time. Thread-safe; close it at the end.
 *
 * <p>Its head is the clock's instant, its solidified head 57 s behind; but a transaction that is not
 * {@linkplain ScriptedTransaction#pending() pending} is always solid, and a pending one never.
 */
public final class ScriptedTronGrid implements AutoCloseable {

  /** How the server behaves. */
  public enum Mode {
    /** It answers. */
    HEALTHY,
    /** It answers 503. */
    DOWN,
    /** It answers 429, suspended for 30 s. */
    RATE_LIMITED,
    /** It answers 200 with JSON that ends in the middle. */
    MALFORMED
  }

  private static final Duration SOLID_LAG = Duration.ofSeconds(57);
  private static final int MOST_ROWS = 200;
  private static final int DEFAULT_ROWS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant FIRST_BLOCK = Instant.parse("2026-01-01T01:00:00Z");
  private static final String LISTING = "/v1/accounts/";

  private final LoopbackServer server;
  private final Clock clock;
  private final Supplier<List<ScriptedTransaction>> script;
  private volatile Mode mode = Mode.HEALTHY;
  private volatile Duration behind = Duration.ZERO;
  private volatile int pageSize = MOST_ROWS;
  private volatile int rowsUntilEndless = Integer.MAX_VALUE;
  private volatile boolean servesDetail = true;

  private ScriptedTronGrid(int port, Clock clock, Supplier<List<ScriptedTransaction>> script) {
    this.clock = clock;
    this.script = script;
    this.server = LoopbackServer.start(port, this::answer);
  }

  /** Starts a server on a free port of the loopback interface. */
  public static ScriptedTronGrid start(Clock clock, Supplier<List<ScriptedTransaction>> script) {
    return start(0, clock, script);
  }

  /** Starts a server on a port of the loopback interface, 0 for any that is free. */
  public static ScriptedTronGrid start(int port, Clock clock, Supplier<List<ScriptedTransaction>> script) {
    return new ScriptedTronGrid(port, clock, script);
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

  /** Sets how many rows a page has at the most, whatever is asked for. */
  public void pageSize(int rows) {
    pageSize = rows;
  }

  /** Lets each listing go on for ever behind so many rows: empty pages with ever new fingerprints. */
  public void endlessBehind(int rows) {
    rowsUntilEndless = rows;
  }

  /** Sets whether {@code get_detail=true} is served. */
  public void servesDetail(boolean serves) {
    servesDetail = serves;
  }

  /** Makes it healthy again, and forgets the requests so far. */
  public void reset() {
    mode = Mode.HEALTHY;
    behind = Duration.ZERO;
    pageSize = MOST_ROWS;
    rowsUntilEndless = Integer.MAX_VALUE;
    servesDetail = true;
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

  private Answer answer(SeenRequest request) {
    switch (mode) {
      case DOWN -> {
        return text(503, "Service Unavailable");
      }
      case RATE_LIMITED -> {
        return text(
            429, "{\"Error\":\"The key exceeds the frequency limit(15), and the query server is suspended for 30 s\"}");
      }
      case MALFORMED -> {
        return text(200, "{\"data\":[{\"transaction_id\":\"");
      }
      case HEALTHY -> {}
    }
    String path = request.path();
    if (path.equals("/walletsolidity/getnowblock")) {
      return json(block(solidHead()));
    }
    if (path.equals("/wallet/getnowblock")) {
      return json(block(head()));
    }
    if (path.equals("/wallet/gettransactionbyid")) {
      return json(byHash(request).map(ScriptedTronGrid::transaction).orElseGet(JSON::createObjectNode));
    }
    if (path.equals("/wallet/gettransactioninfobyid")) {
      return json(
          byHash(request)
              .filter(ScriptedTransaction::hasReceipt)
              .map(ScriptedTronGrid::receipt)
              .orElseGet(JSON::createObjectNode));
    }
    if (path.startsWith(LISTING) && path.endsWith("/transactions/trc20")) {
      return listing(request, path.substring(LISTING.length(), path.length() - "/transactions/trc20".length()), true);
    }
    if (path.startsWith(LISTING) && path.endsWith("/transactions")) {
      return listing(request, path.substring(LISTING.length(), path.length() - "/transactions".length()), false);
    }
    return text(404, "{\"Error\":\"this API is unavailable due to config\"}");
  }

  private Instant head() {
    return clock.instant().minus(behind);
  }

  private Instant solidHead() {
    Instant solid = head().minus(SOLID_LAG);
    if (behind.isZero()) {
      for (ScriptedTransaction transaction : script.get()) {
        if (!transaction.isPending() && transaction.blockTime().isAfter(solid)) {
          solid = transaction.blockTime();
        }
      }
    }
    for (ScriptedTransaction transaction : script.get()) {
      if (transaction.isPending() && !transaction.blockTime().isAfter(solid)) {
        solid = transaction.blockTime().minusMillis(1);
      }
    }
    return solid;
  }

  /** What the server knows: a node that is behind does not know what came later. */
  private List<ScriptedTransaction> known() {
    return script.get().stream()
        .filter(transaction -> behind.isZero() || !transaction.blockTime().isAfter(head()))
        .toList();
  }

  private Optional<ScriptedTransaction> byHash(SeenRequest request) {
    String hash = query(request, "value", "");
    return known().stream().filter(transaction -> transaction.hash().equals(hash)).findFirst();
  }

  private Answer listing(SeenRequest request, String account, boolean trc20) {
    int limit = Integer.parseInt(query(request, "limit", String.valueOf(DEFAULT_ROWS)));
    if (limit > MOST_ROWS) {
      return Answer.text(400, "");
    }
    // Made when the page is known: a listing of thousands is asked for page by page.
    List<Supplier<ObjectNode>> rows = new ArrayList<>();
    for (ScriptedTransaction transaction : inOrder(request)) {
      if (trc20) {
        addTrc20Rows(rows, transaction, account, request);
      } else if (!transaction.isCall() && concerns(transaction.movements().get(0), account, request)) {
        rows.add(() -> detailed(transaction));
      }
    }
    return json(page(rows, request, account, Math.min(limit, pageSize), trc20));
  }

  private List<ScriptedTransaction> inOrder(SeenRequest request) {
    long from = Long.parseLong(query(request, "min_timestamp", "0"));
    long to = Long.parseLong(query(request, "max_timestamp", String.valueOf(Long.MAX_VALUE)));
    Comparator<ScriptedTransaction> byTime = Comparator.comparing(ScriptedTransaction::blockTime);
    return known().stream()
        .filter(t -> t.blockTime().toEpochMilli() >= from && t.blockTime().toEpochMilli() <= to)
        .sorted(query(request, "order_by", "").endsWith(",asc") ? byTime : byTime.reversed())
        .toList();
  }

  private ObjectNode page(List<Supplier<ObjectNode>> rows, SeenRequest request, String account, int size, boolean trc20) {
    String fingerprint = query(request, "fingerprint", "");
    int start = fingerprint.isEmpty() ? 0 : Integer.parseInt(fingerprint.substring("page".length()));
    boolean endless = rowsUntilEndless < Integer.MAX_VALUE;
    int last = Math.min(rows.size(), rowsUntilEndless);
    int end = Math.min(last, start + size);
    ObjectNode page = JSON.createObjectNode();
    ArrayNode data = page.putArray("data");
    for (int i = start; i < end; i++) {
      data.add(rows.get(i).get());
    }
    page.put("success", true);
    ObjectNode meta = page.putObject("meta");
    meta.put("at", clock.millis());
    if (end < last || endless) {
      String next = "page" + (endless ? Math.max(end, start + 1) : end);
      meta.put("fingerprint", next);
      // The real one points at TronGrid itself; a reader that followed it would leave this machine.
      String path = account + "/transactions" + (trc20 ? "/trc20" : "");
      meta.putObject("links").put("next", "https://api.trongrid.io:443/v1/accounts/" + path + "?fingerprint=" + next);
    }
    meta.put("page_size", data.size());
    return page;
  }

  private void addTrc20Rows(List<Supplier<ObjectNode>> rows, ScriptedTransaction transaction, String account, SeenRequest request) {
    if (!transaction.isCall() || (transaction.result() != null && !transaction.succeeded())) {
      return;
    }
    String contract = query(request, "contract_address", "");
    boolean detail = servesDetail && transaction.hasDetail() && query(request, "get_detail", "").equals("true");
    for (ScriptedTransaction.Movement movement : transaction.movements()) {
      boolean ofToken = contract.isEmpty() || contract.equals(movement.amount().asset().contract());
      if (ofToken && concerns(movement, account, request)) {
        if (transaction.isListedTwice()) {
          rows.add(() -> trc20Row(transaction, movement, detail).put("_unconfirmed", true));
        }
        rows.add(
            () -> {
              ObjectNode row = trc20Row(transaction, movement, detail);
              return transaction.isPending() ? row.put("_unconfirmed", true) : row;
            });
      }
    }
  }

  private static boolean concerns(ScriptedTransaction.Movement movement, String account, SeenRequest request) {
    if (movement.to().equals(account)) {
      return true;
    }
    String hex = ScriptedTransaction.hex(account);
    boolean onlyTo = query(request, "only_to", "false").equals("true");
    return ScriptedTransaction.hex(movement.to()).equals(hex)
        || (!onlyTo && ScriptedTransaction.hex(movement.from()).equals(hex));
  }

  /** Makes a row of {@code /v1/accounts/{address}/transactions/trc20}. */
  public static ObjectNode trc20Row(
      ScriptedTransaction transaction, ScriptedTransaction.Movement movement, boolean withDetail) {
    Asset token = movement.amount().asset();
    ObjectNode row = JSON.createObjectNode();
    row.put("transaction_id", transaction.hash());
    row.putObject("token_info")
        .put("symbol", token.symbol())
        .put("address", token.contract())
        .put("decimals", token.decimals())
        .put("name", token.symbol().equals("USDT") ? "Tether USD" : token.symbol());
    row.put("block_timestamp", transaction.blockTime().toEpochMilli());
    row.put("from", transaction.logFrom(movement));
    row.put("to", movement.to());
    if (withDetail) {
      row.set("detail", detailed(transaction));
    }
    row.put("type", transaction.kind() == ScriptedTransaction.Kind.APPROVAL ? "Approval" : "Transfer");
    row.put("value", movement.logged().toString());
    transaction.rowOverrides().forEach((field, value) -> row.set(field, JSON.valueToTree(value)));
    return row;
  }

  /** Makes a {@code detail}, which is also a row of {@code /v1/accounts/{address}/transactions}. */
  public static ObjectNode detailed(ScriptedTransaction transaction) {
    ObjectNode detail = transaction(transaction);
    if (detail.has("ret")) {
      ((ObjectNode) detail.get("ret").get(0)).put("fee", 345_000);
    }
    detail.put("net_usage", 0).put("net_fee", 345_000).put("energy_usage", 0);
    detail.put("blockNumber", blockNumber(transaction.blockTime()));
    detail.put("block_timestamp", transaction.blockTime().toEpochMilli());
    detail.put("energy_fee", 0).put("energy_usage_total", transaction.isCall() ? 31_895 : 0);
    detail.putArray("internal_transactions");
    return detail;
  }

  /** Makes the answer of {@code gettransactionbyid}. */
  public static ObjectNode transaction(ScriptedTransaction transaction) {
    HexFormat hex = HexFormat.of();
    ObjectNode answer = JSON.createObjectNode();
    if (transaction.result() != null) {
      answer.putArray("ret").addObject().put("contractRet", transaction.result());
    }
    answer.putArray("signature").add("ab".repeat(64) + "00");
    answer.put("txID", transaction.hash());
    ObjectNode raw = answer.putObject("raw_data");
    if (transaction.memo().length > 0) {
      raw.put("data", hex.formatHex(transaction.memo()));
    }
    ObjectNode contract = raw.putArray("contract").addObject();
    ObjectNode parameter = contract.putObject("parameter");
    ObjectNode value = parameter.putObject("value");
    ScriptedTransaction.Movement first = transaction.movements().get(0);
    if (transaction.isCall()) {
      value.put("data", hex.formatHex(transaction.callData()));
      value.put("owner_address", ScriptedTransaction.hex(transaction.owner()));
      value.put("contract_address", ScriptedTransaction.hex(transaction.called()));
    } else {
      value.put("amount", first.amount().units().longValue());
      if (ScriptedTransaction.isTrc10(first.amount().asset())) {
        value.put("asset_name", ScriptedTransaction.trc10Id(first.amount().asset()));
      }
      value.put("owner_address", ScriptedTransaction.hex(first.from()));
      value.put("to_address", ScriptedTransaction.hex(first.to()));
    }
    parameter.put("type_url", "type.googleapis.com/protocol." + transaction.contractName());
    contract.put("type", transaction.contractName());
    raw.put("ref_block_bytes", "7648");
    raw.put("ref_block_hash", hex.formatHex(transaction.refBlockHash()));
    raw.put("expiration", transaction.expirationMillis());
    if (transaction.isCall()) {
      raw.put("fee_limit", 100_000_000);
    }
    raw.put("timestamp", transaction.sentMillis());
    answer.put("raw_data_hex", hex.formatHex(transaction.rawData()));
    return answer;
  }

  /** Makes the answer of {@code gettransactioninfobyid}. */
  public static ObjectNode receipt(ScriptedTransaction transaction) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("id", transaction.hash());
    answer.put("fee", 345_000);
    answer.put("blockNumber", blockNumber(transaction.blockTime()));
    answer.put("blockTimeStamp", transaction.blockTime().toEpochMilli());
    answer.putArray("contractResult").add("");
    if (transaction.isCall()) {
      answer.put("contract_address", ScriptedTransaction.hex(transaction.called()));
    }
    ObjectNode receipt = answer.putObject("receipt");
    if (transaction.isCall()) {
      receipt.put("energy_fee", 0).put("energy_usage_total", 31_895);
    }
    receipt.put("net_fee", 345_000);
    if (transaction.isCall()) {
      receipt.put("result", transaction.result());
    }
    if (!transaction.succeeded()) {
      answer.put("result", "FAILED");
      answer.put("resMessage", "524556455254206f70636f6465206578656375746564");
    } else if (transaction.isCall()) {
      ArrayNode logs = answer.putArray("log");
      for (ScriptedTransaction.Movement movement : transaction.movements()) {
        addLog(logs, transaction, movement);
      }
    }
    return answer;
  }

  private static void addLog(
      ArrayNode logs, ScriptedTransaction transaction, ScriptedTransaction.Movement movement) {
    HexFormat hex = HexFormat.of();
    boolean approval = transaction.kind() == ScriptedTransaction.Kind.APPROVAL;
    ObjectNode log = logs.addObject();
    log.put("address", ScriptedTransaction.hex(String.valueOf(movement.amount().asset().contract())).substring(2));
    log.putArray("topics")
        .add(
            approval
                ? "8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925"
                : "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")
        .add(hex.formatHex(RawTransactionBytes.word(ScriptedTransaction.bytes(transaction.logFrom(movement)))))
        .add(hex.formatHex(RawTransactionBytes.word(ScriptedTransaction.bytes(movement.to()))));
    log.put("data", hex.formatHex(RawTransactionBytes.word(movement.logged())));
  }

  private static ObjectNode block(Instant time) {
    String id = String.format("%016x", blockNumber(time)) + "c1318ed32a006bc850ec6b348657b44c30c2063088593f33";
    ObjectNode block = JSON.createObjectNode();
    block.put("blockID", id);
    ObjectNode header = block.putObject("block_header");
    header
        .putObject("raw_data")
        .put("number", blockNumber(time))
        .put("txTrieRoot", "43".repeat(32))
        .put("witness_address", "41394a8629b9e9ba141803b605c6d12cc7c615f9cd")
        .put("parentHash", "00".repeat(32))
        .put("version", 34)
        .put("timestamp", time.toEpochMilli());
    header.put("witness_signature", "60".repeat(64) + "00");
    return block;
  }

  private static long blockNumber(Instant time) {
    return 79_001_200 + Duration.between(FIRST_BLOCK, time).toSeconds() / 3;
  }

  private static String query(SeenRequest request, String name, String otherwise) {
    return request.query(name).orElse(otherwise);
  }

  private static Answer json(ObjectNode body) {
    return text(200, body.toString());
  }

  private static Answer text(int status, String body) {
    return Answer.text(status, body);
  }

}
