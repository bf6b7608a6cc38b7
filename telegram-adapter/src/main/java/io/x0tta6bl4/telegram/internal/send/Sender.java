package io.x0tta6bl4.telegram.internal.send;

import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.telegram.BotApiException;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import io.x0tta6bl4.telegram.SendLimits;
import io.x0tta6bl4.telegram.TelegramObserver;
import io.x0tta6bl4.telegram.internal.Loop;
import io.x0tta6bl4.telegram.internal.store.Duties;
import io.x0tta6bl4.telegram.internal.store.Post;
import io.x0tta6bl4.telegram.internal.store.Posts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes chats show their posts, as fast as the limits allow: what rings first, then what only changes, each in the order of its
 * wanting, and never two calls for one chat at once. One process sends for all, by a lease. {@link #step} is called by one
 * thread; the rest is thread-safe.
 */
public final class Sender {

  private static final Duration FIGURES = Duration.ofSeconds(2);

  /** Calls that hang and then arrive all at once would break the limits at the server; so many at the most can. */
  private static final int MOST_AT_ONCE = 16;

  private static final String DUTY = "sender";

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final Posts posts;
  private final Duties duties;
  private final Messenger messenger;
  private final Consequences consequences;
  private final Pace pace;
  private final Executor executor;
  private final Clock clock;
  private final Ticker ticker;
  private final TelegramObserver observer;
  private final String owner;
  private final Duration lease;
  private final Runnable wake;

  private final Set<Long> inFlight = ConcurrentHashMap.newKeySet();
  private final Queue<Note> notes = new ConcurrentLinkedQueue<>();
  private final Candidates candidates;
  private long figuresAt;
  private long renewAt;
  private boolean leading;
  private volatile boolean unauthorized;

  /**
   * The parts of a sender.
   *
   * @param posts what to show
   * @param duties where the lease is
   * @param messenger does the calls
   * @param trouble is told what is given up
   * @param limits how many
   * @param executor runs calls, which block
   * @param clock what is due by
   * @param ticker what limits are measured by
   * @param observer for metrics
   * @param owner unique among processes
   * @param lease how long a process that died keeps the others from sending
   * @param wake ends the wait between two steps
   */
  public record Parts(
      Posts posts,
      Duties duties,
      Messenger messenger,
      Consequences.Trouble trouble,
      SendLimits limits,
      Executor executor,
      Clock clock,
      Ticker ticker,
      TelegramObserver observer,
      String owner,
      Duration lease,
      Runnable wake) {}

  /**
   * Makes a sender.
   *
   * @param parts what it works with
   */
  public Sender(Parts parts) {
    posts = parts.posts;
    duties = parts.duties;
    messenger = parts.messenger;
    consequences = new Consequences(parts.posts, parts.clock, parts.trouble);
    executor = parts.executor;
    clock = parts.clock;
    ticker = parts.ticker;
    observer = parts.observer;
    owner = parts.owner;
    lease = parts.lease;
    wake = parts.wake;
    long now = ticker.nanoTime();
    pace = new Pace(parts.limits, now);
    candidates = new Candidates(posts, pace, inFlight, now);
    figuresAt = now;
    renewAt = now;
  }

  /** Something new is wanted. */
  public void wanted() {
    candidates.changed();
    wake.run();
  }

  /**
   * Starts all calls that the limits allow now.
   *
   * @return how long to wait before the next step, unless something is wanted before
   */
  public Duration step() {
    if (unauthorized) {
      return Loop.END;
    }
    long now = ticker.nanoTime();
    writeNotes();
    if (!lead(now)) {
      return Candidates.BEAT;
    }
    tellFigures(now);
    candidates.refill(now, present());
    while (true) {
      if (inFlight.size() >= MOST_AT_ONCE) {
        return Candidates.BEAT;
      }
      long wait = pace.waitOfAll(now);
      if (wait > 0) {
        return Duration.ofNanos(wait);
      }
      Post post = candidates.next(now);
      if (post == null) {
        return candidates.untilNext(now);
      }
      if (posts.claim(post)) {
        pace.use(post.chatId(), now);
        start(post);
      }
    }
  }

  /** Gives the lease back, so that another process goes on at once. */
  public void close() {
    if (leading) {
      duties.release(DUTY, owner);
      leading = false;
    }
  }

  private boolean lead(long now) {
    if (leading && renewAt - now > 0) {
      return true;
    }
    Instant present = present();
    leading = duties.lease(DUTY, owner, present, present.plus(lease));
    renewAt = now + lease.dividedBy(3).toNanos();
    if (leading) {
      // Nobody else sends, so what is marked as being sent and is not was left by a process, or a thread, that died.
      posts.sending().stream().filter(post -> !inFlight.contains(post.chatId())).forEach(consequences::unknown);
      candidates.changed();
    }
    return leading;
  }

  private void start(Post post) {
    inFlight.add(post.chatId());
    try {
      executor.execute(() -> guarded(post));
    } catch (RejectedExecutionException e) {
      inFlight.remove(post.chatId());
      posts.retry(post, present(), post.attempts());
    }
  }

  /** An error, such as a class that is missing, leaves the post to be judged as one of unknown outcome. */
  private void guarded(Post post) {
    try {
      deliver(post);
    } catch (Error e) {
      inFlight.remove(post.chatId());
      throw e;
    }
  }

  private void deliver(Post post) {
    String kind = post.kind().name().toLowerCase(Locale.ROOT);
    Runnable note;
    try {
      long messageId = messenger.show(post);
      pace.succeeded();
      observer.posted(kind, how(post), Duration.between(post.wantedAt(), present()));
      note = () -> posts.shown(post, messageId);
    } catch (BotApiException e) {
      observer.postFailed(kind, Consequences.label(e.failure()));
      note = () -> failed(post, e);
    } catch (RuntimeException e) {
      // What the host draws with failed, before anything was sent.
      LOG.warn("post {} could not be made", post.key(), e);
      observer.postFailed(kind, "internal");
      note = () -> posts.leave(post, Post.State.REFUSED);
    }
    notes.add(new Note(post, note));
    writeNotes();
    // What else the chat waits for is listed at the next beat: its second is not over before.
    wake.run();
  }

  /** A store that fails now is asked again at the next step; meanwhile the chat counts as being served. */
  private void writeNotes() {
    for (Note note = notes.poll(); note != null; note = notes.poll()) {
      try {
        note.write.run();
        inFlight.remove(note.post.chatId());
      } catch (RuntimeException e) {
        LOG.warn("what became of post {} could not be noted yet: {}", note.post.key(), e.getMessage());
        notes.add(note);
        return;
      }
    }
  }

  private record Note(Post post, Runnable write) {}

  private void failed(Post post, BotApiException e) {
    if (e.failure() == Failure.TOO_MANY_REQUESTS) {
      Duration wait = Consequences.wait(e);
      observer.toldToWait(wait);
      pace.refused(post.chatId(), wait, ticker.nanoTime());
    } else if (e.failure() == Failure.UNAUTHORIZED) {
      LOG.error("Telegram does not know the token: nothing is sent any more until a restart with a valid one");
      unauthorized = true;
    }
    consequences.of(post, e);
  }

  private static String how(Post post) {
    if (post.messageId() != null) {
      return "edited";
    }
    return post.repeats() == 0 ? "sent" : "repeated";
  }

  private void tellFigures(long now) {
    if (now - figuresAt >= FIGURES.toNanos()) {
      figuresAt = now;
      Posts.Backlog backlog = posts.backlog(present());
      observer.queue(backlog.waiting(), backlog.oldest());
    }
  }

  private Instant present() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
