package io.x0tta6bl4.telegram.internal.store;

import io.x0tta6bl4.telegram.MessageText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a chat is to show.
 *
 * @param key its one name
 * @param chatId where
 * @param kind what it is for
 * @param text what it is to show; of a photo, what is to be drawn
 * @param revision of the text, from 1
 * @param messageId the message that shows it, or an earlier revision of it; {@code null} before it was sent
 * @param state where it stands
 * @param attempts failures in a row
 * @param repeats how often it was sent again though it may have arrived
 * @param wantedAt since when the text is wanted
 */
public record Post(
    String key,
    long chatId,
    Kind kind,
    MessageText text,
    long revision,
    @Nullable Long messageId,
    State state,
    int attempts,
    int repeats,
    Instant wantedAt) {

  /** What a post is for. The names are kept in databases. */
  public enum Kind {
    /** The one message of an order that is edited. */
    STATUS,
    /** A new message for the end of an order, so that the phone rings. */
    BELL,
    /** An answer to what somebody wrote. */
    REPLY,
    /** A QR code. */
    PHOTO,
    /** Something for the operator. */
    ALERT
  }

  /** Where a post stands. The names are kept in databases. */
  public enum State {
    /** Is to be sent or edited. */
    WAITING,
    /** Is being sent or edited; after a crash nobody knows whether it was. */
    SENDING,
    /** The chat shows it. */
    SHOWN,
    /** It may have been sent, and is not sent again. */
    UNSURE,
    /** The chat takes no messages now. */
    PARKED,
    /** Telegram does not accept it. */
    REFUSED
  }

  /**
   * What is wanted.
   *
   * @param key the post's name
   * @param chatId where
   * @param kind what it is for
   * @param text what it is to show
   * @param version of what it tells, for instance the number of an order's last event: an older one never replaces a newer one
   * @param cause the update for which it shall be a new message at the end of the chat, though there is one already; the same
   *     update causes one only, however often it is worked on. {@value #NO_CAUSE} to go on with the message that there is
   */
  public record Draft(String key, long chatId, Kind kind, MessageText text, long version, long cause) {}

  /** No update asks for a new message. */
  public static final long NO_CAUSE = 0;

  /** The order in which chats are served: what makes a phone ring goes before what only changes. */
  static int rank(Kind kind, @Nullable Long messageId) {
    boolean rings = messageId == null && kind != Kind.PHOTO && kind != Kind.ALERT;
    return rings ? 0 : 1;
  }
}
