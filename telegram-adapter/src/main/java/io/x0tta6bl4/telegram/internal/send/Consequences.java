package io.x0tta6bl4.telegram.internal.send;

import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import io.x0tta6bl4.telegram.internal.store.Post;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows for a post from a failed call, or from a process that died in it.
 *
 * <table>
 *   <caption>The policy</caption>
 *   <tr><th>what happened<th>what follows
 *   <tr><td>message is not modified<td>the chat shows it: done
 *   <tr><td>429<td>the chat's posts wait for as long as Telegram says; other chats go on
 *   <tr><td>blocked, deactivated, no member, no such chat<td>the chat's posts are put by until its user writes or comes back
 *   <tr><td>the message is gone, or too old to be edited<td>a new message
 *   <tr><td>no connection was made<td>again after a growing pause, 1 to 30 seconds
 *   <tr><td>another 400<td>given up, and the operator is told
 *   <tr><td>401<td>everything stops, and the operator is told by the log
 *   <tr><td>an edit with an unknown outcome<td>again: an edit done twice is done once
 *   <tr><td>a new message with an unknown outcome, of an order whose status message is known<td>not sent again: the status
 *     message is edited to say the same
 *   <tr><td>another new message with an unknown outcome<td>sent again with a mark that it may be a repeat, at most
 *     {@value #MOST_REPEATS} times; replies and photos are not, since the buyer can ask again
 * </table>
 */
public final class Consequences {

  /** How often a post is sent again that may have arrived. */
  static final int MOST_REPEATS = 5;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);
  private static final int MOST_DOUBLINGS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Consequences.class);

  private final Posts posts;
  private final Clock clock;
  private final Trouble trouble;

  /** Is told what somebody has to look at. */
  public interface Trouble {
    /**
     * A post will not be sent any more.
     *
     * @param post which
     * @param why what Telegram said
     */
    void givenUp(Post post, String why);
  }

  Consequences(Posts posts, Clock clock, Trouble trouble) {
    this.posts = posts;
    this.clock = clock;
    this.trouble = trouble;
  }

  /** Draws the consequence. */
  void of(Post post, BotApiException e) {
    Failure failure = e.failure();
    Long messageId = post.messageId();
    LOG.debug("post {}: {}", post.key(), e.getMessage());
    if (failure == Failure.NOT_MODIFIED && messageId != null) {
      posts.shown(post, messageId);
    } else if (failure.isUnreachable()) {
      LOG.debug("post {}: the chat takes no messages: {}", post.key(), failure);
      posts.park(post.chatId());
    } else if (failure == Failure.TOO_MANY_REQUESTS) {
      posts.postpone(post.chatId(), now().plus(wait(e)));
    } else if (failure == Failure.MESSAGE_GONE && messageId != null) {
      posts.forgetMessage(post, now());
    } else if (failure == Failure.UNKNOWN_OUTCOME) {
      unknown(post);
    } else if (failure == Failure.NOT_SENT || failure == Failure.UNAUTHORIZED || failure == Failure.CONFLICT) {
      posts.retry(post, now().plus(pause(post)), post.attempts() + 1);
    } else {
      giveUp(post, Post.State.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  /** Draws the consequence of a call of which nobody knows whether it was executed. */
  void unknown(Post post) {
    if (post.messageId() != null) {
      posts.retry(post, now().plus(pause(post)), post.attempts() + 1);
      return;
    }
    if (post.kind() == Post.Kind.REPLY || post.kind() == Post.Kind.PHOTO || isSaidByTheStatus(post)) {
      LOG.warn("post {} may have been sent, and is not sent again", post.key());
      posts.leave(post, Post.State.UNSURE);
    } else if (post.repeats() < MOST_REPEATS) {
      LOG.warn("post {} may have been sent, and is sent again with a mark", post.key());
      posts.repeat(post, now().plus(pause(post)));
    } else {
      giveUp(post, Post.State.UNSURE, "sent " + (MOST_REPEATS + 1) + " times with an unknown outcome");
    }
  }

  /** A bell is {@code bell/order/number}; the order's status message, if it is known, is edited to say the same. */
  private boolean isSaidByTheStatus(Post post) {
    return post.kind() == Post.Kind.BELL
        && posts.find(Keys.statusOfBell(post.key())).map(status -> status.messageId() != null).orElse(false);
  }

  private void giveUp(Post post, Post.State state, String why) {
    LOG.warn("post {} is given up: {}", post.key(), why);
    posts.leave(post, state);
    if (post.kind() != Post.Kind.ALERT) {
      trouble.givenUp(post, why);
    }
  }

  static Duration wait(BotApiException e) {
    Duration wait = e.retryAfter().orElse(FIRST_PAUSE);
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private static Duration pause(Post post) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(post.attempts(), MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Gives the name of a failure for a metric. */
  static String label(Failure failure) {
    return failure.name().toLowerCase(Locale.ROOT);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
