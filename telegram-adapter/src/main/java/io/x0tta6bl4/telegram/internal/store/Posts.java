package io.x0tta6bl4.telegram.internal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The messages that chats are to show, of one bot. Thread-safe. */
public interface Posts {

  /**
   * How much waits.
   *
   * @param waiting how many posts
   * @param oldest how long the oldest of them has been wanted; 0 if there is none
   */
  record Backlog(long waiting, Duration oldest) {}

  /**
   * Wants something shown. Nothing happens if just that is shown or wanted, or something of a later version. What waits
   * already keeps its place. Durable when it returns.
   *
   * @param draft what
   * @param now the present
   */
  void put(Post.Draft draft, Instant now);

  /**
   * Looks a post up.
   *
   * @param key its name
   * @return the post, if it was ever wanted
   */
  Optional<Post> find(String key);

  /**
   * Lists what is to be shown next: of each chat of which nothing is being sent, the first post that waits and is due.
   *
   * @param now the present
   * @param limit at most how many
   * @return by rank, then by the time since when it is wanted
   */
  List<Post> due(Instant now, int limit);

  /**
   * Notes that a post is about to be sent. Durable when it returns: a process that dies now leaves a trace of it.
   *
   * @param post as it was listed
   * @return {@code false} if it has changed since
   */
  boolean claim(Post post);

  /**
   * Notes that a chat shows a post.
   *
   * @param post as it was claimed
   * @param messageId the message
   */
  void shown(Post post, long messageId);

  /**
   * Has a claimed post tried again.
   *
   * @param post as it was claimed
   * @param dueAt when
   * @param attempts how many failures in a row that makes
   */
  void retry(Post post, Instant dueAt, int attempts);

  /**
   * Has a claimed post sent again though it may have arrived.
   *
   * @param post as it was claimed
   * @param dueAt when
   */
  void repeat(Post post, Instant dueAt);

  /**
   * Has a claimed post sent as a new message, since the one that showed it is gone.
   *
   * @param post as it was claimed
   * @param now the present
   */
  void forgetMessage(Post post, Instant now);

  /**
   * Leaves a claimed post as it is.
   *
   * @param post as it was claimed
   * @param state {@link Post.State#UNSURE} or {@link Post.State#REFUSED}
   */
  void leave(Post post, Post.State state);

  /**
   * Holds back all that waits for a chat, and what is being sent to it.
   *
   * @param chatId which
   * @param until until when
   */
  void postpone(long chatId, Instant until);

  /**
   * Puts all that waits for a chat, and what is being sent to it, by until its user does something.
   *
   * @param chatId which
   */
  void park(long chatId);

  /**
   * Has what was put by for a chat sent.
   *
   * @param chatId which
   * @param now the present
   */
  void unpark(long chatId, Instant now);

  /**
   * Lists what was being sent when a process died.
   *
   * @return in no particular order
   */
  List<Post> sending();

  /**
   * Counts what waits.
   *
   * @param now the present
   * @return the figures
   */
  Backlog backlog(Instant now);
}
