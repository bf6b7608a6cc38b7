package io.x0tta6bl4.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers as TronGrid did, from recorded and hand-written responses, and keeps what it was asked. */
final class RecordedTronGrid implements AutoCloseable {

  /** The wallet of the hand-written responses. */
  static final String MERCHANT = "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD";

  /** The instant of the hand-written responses. */
  static final String NOW = "2026-01-01T01:00:00Z";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final byte[] UNKNOWN = "{}".getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final Map<String, byte[]> transactions = new HashMap<>();
  private final Map<String, byte[]> receipts = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  RecordedTronGrid() throws IOException {
    for (String listing : List.of("synthetic-account-trc20-get-detail", "account-trc20-get-detail.ledger")) {
      for (JsonNode row : MAPPER.readTree(recorded(listing)).get("data")) {
        if (row.has("detail")) {
          transactions.put(row.get("transaction_id").textValue(), MAPPER.writeValueAsBytes(row.get("detail")));
        }
      }
    }
    for (String transaction : List.of("usdt-memo", "usdt-memo-ord1008", "usdt-revert")) {
      byte[] body = recorded("synthetic-transaction-" + transaction);
      transactions.put(MAPPER.readTree(body).get("txID").textValue(), body);
    }
    for (String receipt : List.of("synthetic-txinfo-two-transfers", "synthetic-txinfo-usdt-revert", "txinfo-usdt-transfer.ledger")) {
      byte[] body = recorded(receipt);
      receipts.put(MAPPER.readTree(body).get("id").textValue(), body);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** What was asked since the last call, path and query, in order. */
  List<String> asked() {
    List<String> copy = List.copyOf(asked);
    asked.clear();
    return copy;
  }

  /** Finds the whole hash of a recorded transaction. */
  String transactionStartingWith(String beginning) {
    return transactions.keySet().stream().filter(hash -> hash.startsWith(beginning)).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    asked.add(uri.toString());
    byte[] body = body(uri);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private byte[] body(URI uri) throws IOException {
    String value = String.valueOf(uri.getQuery()).replaceFirst("^value=", "");
    return switch (uri.getPath()) {
      case "/walletsolidity/getnowblock" -> recorded("synthetic-walletsolidity-getnowblock");
      case "/wallet/getnowblock" -> recorded("synthetic-getnowblock");
      case "/v1/accounts/" + MERCHANT + "/transactions/trc20" -> recorded("synthetic-account-trc20-get-detail");
      case "/v1/accounts/" + MERCHANT + "/transactions" -> recorded("synthetic-account-transactions-trx");
      case "/wallet/gettransactionbyid" -> transactions.getOrDefault(value, UNKNOWN);
      case "/wallet/gettransactioninfobyid" -> receipts.getOrDefault(value, UNKNOWN);
      default -> null;
    };
  }

  private static byte[] recorded(String name) {
    try (InputStream stream = RecordedTronGrid.class.getResourceAsStream("/trongrid/" + name + ".json")) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
