package io.x0tta6bl4.payment.tron.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.ApiRequest;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.http.JsonFields;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The requests to TronGrid (<a href="https://developers.tron.network/reference/background">reference</a>). Thread-safe.
 *
 * <p>{@code get_detail=true} is not documented but served: it adds the whole transaction to each TRC20 row. It saves a
 * request for each row and is never relied on.
 */
public final class TronGrid implements AutoCloseable {

  /** The header that carries the key. */
  public static final String KEY_HEADER = "TRON-PRO-API-KEY";

  static final String ID = "tron";

  /** How a node says that it does not know a transaction. */
  private static final String UNKNOWN = "{}";

  /** The most rows that a page may have; TronGrid answers 400 with an empty body above. */
  private static final int PAGE_SIZE = 200;

  private final ApiClient client;

  /**
   * Makes the requests by a client.
   *
   * @param client closed with this
   */
  public TronGrid(ApiClient client) {
    this.client = client;
  }

  /**
   * Starts a client that understands TronGrid's errors.
   *
   * @param baseUrl where it answers
   * @return a builder
   */
  public static ApiClient.Builder client(URI baseUrl) {
    return ApiClient.builder(ID, baseUrl).classifier(new TronGridErrors());
  }

  /** Asks for the head of what can no longer be taken back. */
  Head solidHead(Deadline deadline) {
    return client.get(
        ApiRequest.get("/walletsolidity/getnowblock"), deadline, body -> Head.read(Json.tree(ID, body)));
  }

  /** Asks for the head of the chain. */
  Head head(Deadline deadline) {
    return client.get(ApiRequest.get("/wallet/getnowblock"), deadline, body -> Head.read(Json.tree(ID, body)));
  }

  /** Asks for a page of a wallet's incoming transfers of a token. */
  Page<Trc20Row> trc20Page(
      String recipient, String contract, Instant from, Instant to, @Nullable String fingerprint, Deadline deadline) {
    ApiRequest request =
        window(ApiRequest.get("/v1/accounts/{}/transactions/trc20", recipient), from, to, fingerprint)
            .query("contract_address", contract)
            .query("get_detail", "true");
    return client.get(request, deadline, new PageReader<>(RowReaders.trc20(recipient, contract)));
  }

  /** Asks for a page of a wallet's incoming transactions of the coin and of everything else that is no token log. */
  Page<TronTransaction> transactionPage(
      String recipient, Instant from, Instant to, @Nullable String fingerprint, Deadline deadline) {
    ApiRequest request = window(ApiRequest.get("/v1/accounts/{}/transactions", recipient), from, to, fingerprint);
    return client.get(request, deadline, new PageReader<>(RowReaders::transaction));
  }

  /** Asks for a transaction; {@code null} if the node does not know it. */
  @Nullable TronTransaction transaction(String hash, Deadline deadline) {
    return client
        .get(ApiRequest.get("/wallet/gettransactionbyid").query("value", hash), deadline, TronGrid::readTransaction)
        .transaction();
  }

  /** Asks what a transaction did; {@code null} if the node does not know it yet. */
  @Nullable Receipt receipt(String hash, Deadline deadline) {
    return client
        .get(
            ApiRequest.get("/wallet/gettransactioninfobyid").query("value", hash),
            deadline,
            body -> new ReceiptAnswer(Receipt.read(Json.tree(ID, body))))
        .receipt();
  }

  @Override
  public void close() {
    client.close();
  }

  private static ApiRequest window(ApiRequest request, Instant from, Instant to, @Nullable String fingerprint) {
    // Whether the bounds are included is not documented, so a millisecond more is asked for and cut off again.
    ApiRequest bounded =
        request
            .query("only_to", "true")
            .query("limit", PAGE_SIZE)
            .query("order_by", "block_timestamp,asc")
            .query("min_timestamp", Math.max(0, from.toEpochMilli() - 1))
            .query("max_timestamp", to.toEpochMilli() + 1);
    return fingerprint == null ? bounded : bounded.query("fingerprint", fingerprint);
  }

  private static TransactionAnswer readTransaction(byte[] body) throws IOException {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedReplyException(ID, "the transaction is no object", null);
      }
      if (UNKNOWN.equals(new String(body, StandardCharsets.UTF_8).strip())) {
        return new TransactionAnswer(null);
      }
      JsonFields fields = new JsonFields(parser);
      TronTransaction transaction = TransactionReader.read(parser, fields, "");
      if (fields.problem() != null) {
        throw new MalformedReplyException(ID, "the transaction cannot be read: " + fields.problem(), null);
      }
      if (parser.nextToken() != null) {
        throw new MalformedReplyException(ID, "the transaction goes on behind its end", null);
      }
      if (transaction.txId() == null && transaction.raw() == null) {
        throw new MalformedReplyException(ID, "the answer is no transaction", null);
      }
      return new TransactionAnswer(transaction);
    }
  }

  private record TransactionAnswer(@Nullable TronTransaction transaction) {}

  private record ReceiptAnswer(@Nullable Receipt receipt) {}
}
