package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.ApiRequest;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.http.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests to tonapi v2 (<a href="https://github.com/tonkeeper/opentonapi/blob/master/api/openapi.yml">OpenAPI
 * description</a>). Events and actions are never asked for: tonapi itself advises not to build on them. Thread-safe.
 */
public final class TonApi implements AutoCloseable {

  static final String ID = "ton";

  /** Rows of a page; tonapi allows 1000, and a body of 100 transactions has some 300 kB. */
  static final int PAGE_SIZE = 100;

  private static final int NOT_FOUND = 404;

  private final ApiClient client;

  /** Whether the jetton history is served by its deprecated path alone, as far as is known. */
  private volatile boolean deprecatedHistory;

  /**
   * Makes the requests by a client.
   *
   * @param client closed with this
   */
  public TonApi(ApiClient client) {
    this.client = client;
  }

  /**
   * Starts a client that understands tonapi's errors.
   *
   * @param baseUrl where it answers
   * @return a builder
   */
  public static ApiClient.Builder client(URI baseUrl) {
    return ApiClient.builder(ID, baseUrl).classifier(new TonApiErrors());
  }

  /** Asks for the time of the newest masterchain block, in seconds. */
  long headTime(Deadline deadline) {
    return get(ApiRequest.get("/v2/blockchain/masterchain-head"), deadline).at("gen_utime").longNumber();
  }

  /** Asks how far the indexer is behind the chain, in seconds. */
  long indexingLatency(Deadline deadline) {
    return get(ApiRequest.get("/v2/status"), deadline).at("indexing_latency").longNumber();
  }

  /** Asks for an account's transactions, the newest first; from before a logical time unless that is 0. */
  TransactionReader.Page transactions(TonAddress account, long beforeLt, Deadline deadline) {
    ApiRequest request =
        ApiRequest.get("/v2/blockchain/accounts/{}/transactions", account.toRaw())
            .query("limit", PAGE_SIZE)
            .query("sort_order", "desc");
    return client.get(
        beforeLt == 0 ? request : request.query("before_lt", beforeLt), deadline, TransactionReader::page);
  }

  /** Asks for a transaction; {@code null} if tonapi does not know it (yet). */
  @Nullable TonTransaction transaction(String hash, Deadline deadline) {
    return ifKnown(
            () -> client.get(ApiRequest.get("/v2/blockchain/transactions/{}", hash), deadline, TransactionReader::single))
        .orElse(null);
  }

  /** Asks for the transaction that a message caused; {@code null} if tonapi does not know it (yet). */
  @Nullable TonTransaction transactionOfMessage(String messageHash, Deadline deadline) {
    return ifKnown(
            () ->
                client.get(
                    ApiRequest.get("/v2/blockchain/messages/{}/transaction", messageHash),
                    deadline,
                    TransactionReader::single))
        .orElse(null);
  }

  /** Asks a master for the wallet of an owner, which is a pure function of both. */
  TonAddress jettonWallet(TonAddress master, TonAddress owner, Deadline deadline) {
    JsonValue answer =
        get(
            ApiRequest.get("/v2/blockchain/accounts/{}/methods/get_wallet_address", master.toRaw())
                .query("args", owner.toRaw()),
            deadline);
    return address(succeeded(answer).at("jetton_wallet_address"));
  }

  /** Asks a contract whose jetton wallet it says to be; empty if it is no jetton wallet. */
  Optional<TonAddress> claimedMaster(TonAddress wallet, Deadline deadline) {
    return ifKnown(
            () -> get(ApiRequest.get("/v2/blockchain/accounts/{}/methods/get_wallet_data", wallet.toRaw()), deadline))
        .filter(answer -> answer.find("success").map(JsonValue::truth).orElse(false))
        .flatMap(answer -> answer.find("decoded"))
        .flatMap(decoded -> decoded.find("jetton"))
        .map(TonApi::address);
  }

  /** Asks for a page of what an account received and sent of a jetton, the newest first. */
  List<JsonValue> jettonHistory(TonAddress master, TonAddress account, long from, long beforeLt, Deadline deadline) {
    ApiRequest present = ApiRequest.get("/v2/jettons/{}/accounts/{}/history", master.toRaw(), account.toRaw());
    ApiRequest deprecated = ApiRequest.get("/v2/accounts/{}/jettons/{}/history", account.toRaw(), master.toRaw());
    // The path that answered is asked first from then on: without a key each request takes a turn of four seconds.
    boolean deprecatedFirst = deprecatedHistory;
    ApiRequest first = window(deprecatedFirst ? deprecated : present, from, beforeLt);
    ApiRequest second = window(deprecatedFirst ? present : deprecated, from, beforeLt);
    JsonValue answer =
        ifKnown(() -> get(first, deadline))
            .orElseGet(
                () -> {
                  JsonValue other = get(second, deadline);
                  deprecatedHistory = !deprecatedFirst;
                  return other;
                });
    return answer.at("operations").elements();
  }

  @Override
  public void close() {
    client.close();
  }

  private static ApiRequest window(ApiRequest request, long from, long beforeLt) {
    ApiRequest bounded = request.query("limit", PAGE_SIZE).query("start_date", from);
    return beforeLt == 0 ? bounded : bounded.query("before_lt", beforeLt);
  }

  private JsonValue get(ApiRequest request, Deadline deadline) {
    return client.get(request, deadline, body -> Json.tree(ID, body));
  }

  private static <T> Optional<T> ifKnown(Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (ProviderUnavailableException e) {
      if (e.httpStatus().orElse(0) == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static JsonValue succeeded(JsonValue answer) {
    if (!answer.at("success").truth()) {
      throw new MalformedReplyException(ID, "the get method failed", null);
    }
    return answer.at("decoded");
  }

  private static TonAddress address(JsonValue value) {
    try {
      return TonAddress.parse(value.text(), true);
    } catch (IllegalArgumentException e) {
      throw value.unexpected("an address");
    }
  }
}
