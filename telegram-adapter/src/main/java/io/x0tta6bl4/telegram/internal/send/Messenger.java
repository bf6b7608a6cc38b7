package io.x0tta6bl4.telegram.internal.send;

import io.x0tta6bl4.telegram.BotApi;
import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.QrRenderer;
import io.x0tta6bl4.telegram.internal.store.Post;

/** Makes a chat show a post, by one call. Thread-safe. */
public final class Messenger {

  private final BotApi api;
  private final QrRenderer qr;
  private final String repeatMark;

  /**
   * Makes a messenger.
   *
   * @param api the calls
   * @param qr draws photos
   * @param repeatMark escaped HTML that says that a message may be a repeat, in the languages of the readers
   */
  public Messenger(BotApi api, QrRenderer qr, String repeatMark) {
    this.api = api;
    this.qr = qr;
    this.repeatMark = repeatMark;
  }

  /** Sends or edits; gives the message's id. */
  long show(Post post) {
    Long messageId = post.messageId();
    if (messageId != null) {
      api.editMessageText(post.chatId(), messageId, post.text());
      return messageId;
    }
    if (post.kind() == Post.Kind.PHOTO) {
      return api.sendPhoto(post.chatId(), qr.png(post.text().html()), "");
    }
    return api.sendMessage(post.chatId(), post.repeats() == 0 ? post.text() : marked(post.text()));
  }

  private MessageText marked(MessageText text) {
    String html = text.html() + "\n\n" + repeatMark;
    return html.length() > MessageText.MAX_LENGTH ? text : new MessageText(html, text.buttons());
  }
}
