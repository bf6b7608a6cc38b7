package io.x0tta6bl4.telegram.internal.talk;

import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.internal.send.Keys;
import io.x0tta6bl4.telegram.internal.store.Duties;
import io.x0tta6bl4.telegram.internal.store.Post;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, in the admin chat if there is one and in the log, each trouble once per episode. Thread-safe. */
public final class Alerts {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private final Posts posts;
  private final Duties duties;
  private final Clock clock;
  private final @Nullable Long chatId;
  private final Language language;
  private final Runnable wake;

  /**
   * Makes alerts.
   *
   * @param posts where messages are wanted
   * @param duties where episodes are remembered
   * @param clock what they are dated by
   * @param chatId the admin chat; {@code null} for the log only
   * @param language of the operator
   * @param wake called when a message is wanted
   */
  public Alerts(Posts posts, Duties duties, Clock clock, @Nullable Long chatId, Language language, Runnable wake) {
    this.posts = posts;
    this.duties = duties;
    this.clock = clock;
    this.chatId = chatId;
    this.language = language;
    this.wake = wake;
  }

  /**
   * Tells something that has an id, once.
   *
   * @param id of what is told
   * @param key of the text
   * @param arguments of the text
   */
  public void once(String id, String key, Object... arguments) {
    String html = language.text(key, arguments);
    LOG.warn("{}: {}", id, html);
    Long chat = chatId;
    if (chat != null) {
      posts.put(new Post.Draft(Keys.alert(id), chat, Post.Kind.ALERT, MessageText.of(html), 0, Post.NO_CAUSE), now());
      wake.run();
    }
  }

  /**
   * Tells that some trouble has begun, unless that was told.
   *
   * @param topic what the trouble is, at most 200 characters
   * @param key of the text
   * @param arguments of the text
   */
  public void begin(String topic, String key, Object... arguments) {
    if (duties.begin(topic, now())) {
      once(topic + "/" + now().toEpochMilli(), key, arguments);
    }
  }

  /**
   * Tells that some trouble is over, if there was any.
   *
   * @param topic what the trouble was
   * @param key of the text; {@code null} to say nothing
   * @param arguments of the text
   */
  public void end(String topic, @Nullable String key, Object... arguments) {
    if (duties.end(topic) && key != null) {
      once(topic + "/over/" + now().toEpochMilli(), key, arguments);
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
