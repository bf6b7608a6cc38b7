package io.x0tta6bl4.telegram.internal.send;

import io.x0tta6bl4.telegram.internal.store.Post;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The posts that come next, listed anew when something has changed. {@link #changed} is thread-safe; the rest is one thread's. */
final class Candidates {

  /** How long a chat waits at the most for what another process wanted. */
  static final Duration BEAT = Duration.ofMillis(250);

  /** After a new wish the list is not made anew more often than this. */
  private static final Duration FRESH = Duration.ofMillis(50);

  /** More than the chats that can be within their second at once, so that there is always one that may be served. */
  private static final int BATCH = 200;

  private final Posts posts;
  private final Pace pace;

  /** Chats for which a call is under way. */
  private final Set<Long> inFlight;

  private final AtomicBoolean changed = new AtomicBoolean(true);
  private Deque<Post> listed = new ArrayDeque<>();
  private long listedAt;

  Candidates(Posts posts, Pace pace, Set<Long> inFlight, long now) {
    this.posts = posts;
    this.pace = pace;
    this.inFlight = inFlight;
    this.listedAt = now;
  }

  void changed() {
    changed.set(true);
  }

  void refill(long now, Instant present) {
    long age = now - listedAt;
    boolean fresh = changed.get() && (listed.isEmpty() || age >= FRESH.toNanos());
    if (fresh || age >= BEAT.toNanos()) {
      changed.set(false);
      listed = new ArrayDeque<>(posts.due(present, BATCH));
      listedAt = now;
    }
  }

  /** Takes the first one whose chat may be served now. */
  @Nullable Post next(long now) {
    for (Iterator<Post> all = listed.iterator(); all.hasNext(); ) {
      Post post = all.next();
      if (!inFlight.contains(post.chatId()) && pace.waitOf(post.chatId(), now) == 0) {
        all.remove();
        return post;
      }
    }
    return null;
  }

  /** Gives how long it takes until a chat may be served, or the list is made anew. */
  Duration untilNext(long now) {
    long least = changed.get() ? FRESH.toNanos() : BEAT.toNanos();
    for (Post post : listed) {
      if (!inFlight.contains(post.chatId())) {
        least = Math.min(least, pace.waitOf(post.chatId(), now));
      }
    }
    return Duration.ofNanos(Math.max(1, least));
  }
}
