package io.x0tta6bl4.telegram;

import io.x0tta6bl4.simulator.telegram.FakeWebhook;
import java.io.ByteArrayInputStream;

/** Leads the fake's updates to a handler, without a server between them. */
final class WebhookLeg {

  private WebhookLeg() {}

  static FakeWebhook.Target of(WebhookHandler handler) {
    return (contentType, secret, body) -> {
      WebhookHandler.Answer answer = handler.handle("POST", contentType, secret, new ByteArrayInputStream(body));
      return new FakeWebhook.Reply(answer.status(), answer.retryAfter());
    };
  }
}
