package io.x0tta6bl4.example.callback;

import static io.x0tta6bl4.example.shop.ShopRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.shop.ShopRig;
import io.x0tta6bl4.example.shop.StartException;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.http.Answer;
import io.x0tta6bl4.simulator.http.LoopbackServer;
import io.x0tta6bl4.simulator.http.SeenRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks of the shop to a merchant that fails now and then. */
class MerchantCallbackTest {

  private static final String SECRET = "callback-secret-0123456789abcdef01";

  @TempDir Path folder;

  @Test
  void tellsOfAPaymentUntilItIsTaken() throws StartException, InterruptedException {
    BlockingQueue<SeenRequest> calls = new LinkedBlockingQueue<>();
    AtomicInteger left = new AtomicInteger(2);
    try (LoopbackServer merchant =
            LoopbackServer.start(
                request -> {
                  calls.add(request);
                  return Answer.text(left.getAndDecrement() > 0 ? 503 : 204, "");
                });
        ShopRig shop =
            ShopRig.start(folder, Map.of("CALLBACK_URL", merchant.baseUrl() + "/paid", "CALLBACK_SECRET", SECRET))) {
      shop.open("ORD-1", "25");
      shop.pay("ORD-1", "25");
      SeenRequest first = next(calls);
      SeenRequest second = next(calls);
      SeenRequest third = next(calls);

      assertThat(first.path()).isEqualTo("/paid");
      assertThat(first.method()).isEqualTo("POST");
      JsonNode event = json(first.body());
      assertThat(event.path("type").asText()).isEqualTo("order.verified");
      assertThat(event.path("order").path("status").asText()).isEqualTo("paid");
      assertThat(event.path("transfers").get(0).path("amount").asText()).isEqualTo("25.000000");
      for (SeenRequest call : List.of(first, second, third)) {
        assertThat(call.header(MerchantCallback.ID_HEADER)).hasValue(event.path("id").asText());
        assertThat(signed(call)).isTrue();
      }
    }
  }

  @Test
  void tellsThatTooMuchCame() throws StartException, InterruptedException {
    BlockingQueue<SeenRequest> calls = new LinkedBlockingQueue<>();
    try (LoopbackServer merchant =
            LoopbackServer.start(
                request -> {
                  calls.add(request);
                  return Answer.text(204, "");
                });
        ShopRig shop =
            ShopRig.start(folder, Map.of("CALLBACK_URL", merchant.baseUrl() + "/paid", "CALLBACK_SECRET", SECRET))) {
      shop.open("ORD-1", "25");
      shop.pay("ORD-1", "30");
      JsonNode event = json(next(calls).body());
      assertThat(event.path("type").asText()).isEqualTo("order.rejected");
      assertThat(event.path("reason").asText()).isEqualTo("overpaid");
      assertThat(event.path("order").path("status").asText()).isEqualTo("overpaid");
    }
  }

  @Test
  void doesNotFollowARedirect() throws StartException, InterruptedException {
    BlockingQueue<SeenRequest> calls = new LinkedBlockingQueue<>();
    try (LoopbackServer merchant =
            LoopbackServer.start(
                request -> {
                  calls.add(request);
                  return Answer.text(302, "");
                });
        ShopRig shop =
            ShopRig.start(folder, Map.of("CALLBACK_URL", merchant.baseUrl() + "/paid", "CALLBACK_SECRET", SECRET, "SHUTDOWN_TIMEOUT", "PT2S"))) {
      shop.open("ORD-1", "25");
      shop.api("DELETE", "/api/orders/ORD-1", "");
      assertThat(next(calls).path()).isEqualTo("/paid");
      assertThat(next(calls).path()).as("sent again, since it was not taken").isEqualTo("/paid");
    }
  }

  private static SeenRequest next(BlockingQueue<SeenRequest> calls) throws InterruptedException {
    SeenRequest call = calls.poll(20, TimeUnit.SECONDS);
    assertThat(call).as("a call within 20 s").isNotNull();
    return call;
  }

  private static boolean signed(SeenRequest call) {
    return CallbackSignature.isValid(
        call.header(CallbackSignature.HEADER).orElseThrow(),
        call.body().getBytes(StandardCharsets.ISO_8859_1),
        List.of(Secret.of(SECRET)),
        CallbackSignature.DEFAULT_TOLERANCE,
        Clock.systemUTC());
  }
}
