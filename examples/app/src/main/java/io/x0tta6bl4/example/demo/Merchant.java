package io.x0tta6bl4.example.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.x0tta6bl4.example.callback.CallbackSignature;
import io.x0tta6bl4.example.callback.MerchantCallback;
import io.x0tta6bl4.example.web.Problem;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import io.x0tta6bl4.example.web.Router;
import io.x0tta6bl4.payment.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The merchant's program, which takes callbacks whose signature is right. Thread-safe. */
final class Merchant {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PATH = "/callbacks";

  private final Secret secret;
  private final Clock clock;
  private final MerchantInbox inbox = new MerchantInbox();

  Merchant(Secret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  void addTo(Router router) {
    router.route("POST", PATH, this::take);
  }

  /**
   * Where it is called.
   *
   * @param port of the server that has its route
   * @return on loopback
   */
  static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port + PATH);
  }

  MerchantInbox inbox() {
    return inbox;
  }

  private Response take(Request request) {
    String signature = request.header(CallbackSignature.HEADER).orElse("");
    if (!CallbackSignature.isValid(
        signature, request.body(), List.of(secret), CallbackSignature.DEFAULT_TOLERANCE, clock)) {
      return Problem.of(401, "the signature is wrong");
    }
    try {
      inbox.take(request.header(MerchantCallback.ID_HEADER).orElseThrow(), MAPPER.readTree(request.body()));
      return new Response.Whole(204, Map.of(), "");
    } catch (IOException e) {
      return Problem.of(400, "the body is no JSON");
    }
  }
}
