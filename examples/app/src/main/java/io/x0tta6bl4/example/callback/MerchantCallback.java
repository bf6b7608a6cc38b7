package io.x0tta6bl4.example.callback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.example.orders.OrderView;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Posts every event to the merchant's address, signed. Whatever is not answered with 2xx in time is an error, and the outbox
 * sends it again after a growing pause: the merchant hears everything at least once, and drops repeats by the event's id.
 * Thread-safe.
 */
public final class MerchantCallback implements PaymentListener, AutoCloseable {

  /** The header with the event's id, which a repeat has too. */
  public static final String ID_HEADER = "X0tta6bl4-Event";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long LARGEST_ANSWER = 64 * 1024;

  private final URI url;
  private final List<Secret> secrets;
  private final Function<String, Optional<OrderView>> orders;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  /**
   * Makes a callback.
   *
   * @param url where to; of the configuration, never of a request
   * @param secrets what is signed with
   * @param orders finds an order's view by its id
   * @param clock tells the present, for the signature
   */
  public MerchantCallback(
      URI url, List<Secret> secrets, Function<String, Optional<OrderView>> orders, Clock clock) {
    this.url = url;
    this.secrets = List.copyOf(secrets);
    this.orders = orders;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // A redirect would post a buyer's payment to an address that nobody configured.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(threads)
            .build();
  }

  @Override
  public String name() {
    return "callback";
  }

  @Override
  public void onEvent(PaymentEvent event) throws IOException, InterruptedException {
    byte[] body = json(event).toString().getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("User-Agent", "x0tta6bl4")
            .header(ID_HEADER, event.id())
            .header(CallbackSignature.HEADER, CallbackSignature.sign(body, secrets, clock.instant()))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    int status = send(request);
    if (status / 100 != 2) {
      throw new IOException("the callback for " + event.id() + " was answered with " + status + ": expected 2xx");
    }
  }

  /** The request's own time is over with the headers of the answer: a body that never ends must not hold the outbox. */
  private int send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.discarding(), LARGEST_ANSWER));
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (ExecutionException e) {
      throw new IOException("the callback failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the callback was not answered within " + TIMEOUT, e);
    } finally {
      answer.cancel(true);
    }
  }

  private ObjectNode json(PaymentEvent event) {
    return switch (event) {
      case OrderEvent change ->
          CallbackJson.of(
              change,
              orders
                  .apply(change.request().orderId())
                  .orElseThrow(() -> new IllegalStateException("order of event " + change.id() + " is not in the ledger")));
      case WalletEvent concern -> CallbackJson.of(concern);
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.close();
  }
}
