package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.internal.send.Keys;
import io.x0tta6bl4.telegram.internal.store.Buyers.Buyer;
import io.x0tta6bl4.telegram.internal.store.Post;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.time.Clock;
import java.time.Instant;

/** Has chats show where their orders stand. Thread-safe. */
final class Orders {

  /** Anybody can send dust with an order's memo: a phone does not ring for ever for it. */
  private static final long MOST_REFUSALS_RUNG = 10;

  private final Posts posts;
  private final Views views;
  private final Clock clock;
  private final boolean withQr;
  private final Runnable wake;

  Orders(Posts posts, Views views, Clock clock, boolean withQr, Runnable wake) {
    this.posts = posts;
    this.views = views;
    this.clock = clock;
    this.withQr = withQr;
    this.wake = wake;
  }

  /** Brings the status message up to date. */
  void show(OrderAccount account, Buyer buyer) {
    show(account, buyer, Post.NO_CAUSE);
  }

  /** Sends the status message anew, since an update asks for it. */
  void show(OrderAccount account, Buyer buyer, long cause) {
    put(
        Keys.status(buyer.orderId()),
        buyer.chatId(),
        Post.Kind.STATUS,
        views.status(account, language(buyer), buyer.chatId()),
        account.order().version(),
        cause);
  }

  void askWhetherToCancel(Order order, Buyer buyer) {
    put(
        Keys.status(order.id()),
        buyer.chatId(),
        Post.Kind.STATUS,
        views.confirmation(order, language(buyer), buyer.chatId()),
        order.version(),
        Post.NO_CAUSE);
  }

  void ring(OrderEvent event, Buyer buyer) {
    if (event.type() == OrderEvent.Type.REJECTED && event.number() > MOST_REFUSALS_RUNG) {
      return;
    }
    String id = event.request().orderId();
    views
        .bell(event, language(buyer))
        .ifPresent(text -> put(Keys.bell(id, event.number()), buyer.chatId(), Post.Kind.BELL, text, event.number(), Post.NO_CAUSE));
  }

  /** Draws how to pay what is missing, anew when that has become less; nothing where nothing is missing. */
  void drawQr(OrderAccount account, Buyer buyer) {
    if (withQr) {
      String id = account.order().id();
      String key = account.received().units().signum() > 0 ? Keys.photo(id, account.order().version()) : Keys.photo(id);
      account
          .rest()
          .ifPresent(rest -> put(key, buyer.chatId(), Post.Kind.PHOTO, MessageText.of(views.qrText(rest)), 0, Post.NO_CAUSE));
    }
  }

  /** Answers an update. An answer that still waits is replaced: who writes ten times is answered once. */
  void reply(long updateId, long chatId, String html) {
    put(Keys.reply(chatId), chatId, Post.Kind.REPLY, MessageText.of(html), 0, updateId);
  }

  private void put(String key, long chatId, Post.Kind kind, MessageText text, long version, long cause) {
    posts.put(new Post.Draft(key, chatId, kind, text, version, cause), now());
    wake.run();
  }

  static Language language(Buyer buyer) {
    return Language.of(buyer.language());
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
