package io.x0tta6bl4.telegram.internal.store;

import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.internal.store.Post.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@link Posts} in memory. */
final class VolatilePosts implements Posts {

  private final Map<String, Row> rows = new HashMap<>();
  private final TreeSet<Row> waiting =
      new TreeSet<>(
          Comparator.comparingInt((Row row) -> row.rank).thenComparing(row -> row.wantedAt).thenComparingLong(row -> row.number));
  private final Map<String, Row> sending = new LinkedHashMap<>();
  private long numbers;

  private static final class Row {
    private final String key;
    private final long chatId;
    private final Post.Kind kind;
    private final long number;
    private MessageText text;
    private long version;
    private long cause;
    private long revision = 1;
    private @Nullable Long messageId;
    private State state = State.WAITING;
    private int attempts;
    private int repeats;
    private Instant wantedAt;
    private Instant dueAt;
    private int rank;

    private Row(Post.Draft draft, long number, Instant now) {
      this.key = draft.key();
      this.chatId = draft.chatId();
      this.kind = draft.kind();
      this.number = number;
      this.text = draft.text();
      this.version = draft.version();
      this.cause = draft.cause();
      this.wantedAt = now;
      this.dueAt = now;
    }

    private Post post() {
      return new Post(key, chatId, kind, text, revision, messageId, state, attempts, repeats, wantedAt);
    }
  }

  @Override
  public synchronized void put(Post.Draft draft, Instant now) {
    Row row = rows.get(draft.key());
    if (row == null) {
      Row fresh = new Row(draft, ++numbers, now);
      rows.put(draft.key(), fresh);
      move(fresh, State.WAITING);
      return;
    }
    boolean anew = draft.cause() != Post.NO_CAUSE && draft.cause() != row.cause;
    if (draft.version() < row.version || (!anew && row.text.equals(draft.text()))) {
      return;
    }
    boolean queued = row.state == State.WAITING || row.state == State.SENDING;
    waiting.remove(row);
    row.text = draft.text();
    row.version = draft.version();
    row.cause = anew ? draft.cause() : row.cause;
    row.revision++;
    if (anew && row.state != State.SENDING) {
      row.messageId = null;
    }
    if (!queued) {
      row.wantedAt = now;
      row.dueAt = now;
      row.attempts = 0;
    }
    boolean dead = row.state == State.UNSURE && !anew;
    move(row, row.state == State.SENDING || row.state == State.PARKED || dead ? row.state : State.WAITING);
  }

  private void move(Row row, State state) {
    waiting.remove(row);
    sending.remove(row.key);
    row.state = state;
    row.rank = Post.rank(row.kind, row.messageId);
    if (state == State.WAITING) {
      waiting.add(row);
    } else if (state == State.SENDING) {
      sending.put(row.key, row);
    }
  }

  @Override
  public synchronized Optional<Post> find(String key) {
    return Optional.ofNullable(rows.get(key)).map(Row::post);
  }

  @Override
  public synchronized List<Post> due(Instant now, int limit) {
    Set<Long> chats = new HashSet<>();
    sending.values().forEach(row -> chats.add(row.chatId));
    List<Post> due = new ArrayList<>();
    for (Row row : waiting) {
      if (due.size() == limit) {
        break;
      }
      if (!row.dueAt.isAfter(now) && chats.add(row.chatId)) {
        due.add(row.post());
      }
    }
    return due;
  }

  @Override
  public synchronized boolean claim(Post post) {
    Row row = rows.get(post.key());
    if (row == null || row.state != State.WAITING || row.revision != post.revision()) {
      return false;
    }
    move(row, State.SENDING);
    return true;
  }

  @Override
  public synchronized void shown(Post post, long messageId) {
    Row row = sending.get(post.key());
    if (row != null) {
      row.messageId = messageId;
      row.attempts = 0;
      move(row, row.revision == post.revision() ? State.SHOWN : State.WAITING);
    }
  }

  @Override
  public synchronized void retry(Post post, Instant dueAt, int attempts) {
    Row row = sending.get(post.key());
    if (row != null) {
      row.dueAt = dueAt;
      row.attempts = attempts;
      move(row, State.WAITING);
    }
  }

  @Override
  public synchronized void repeat(Post post, Instant dueAt) {
    Row row = sending.get(post.key());
    if (row != null) {
      row.repeats++;
    }
    retry(post, dueAt, post.attempts() + 1);
  }

  @Override
  public synchronized void forgetMessage(Post post, Instant now) {
    Row row = sending.get(post.key());
    if (row != null) {
      row.messageId = null;
    }
    retry(post, now, 0);
  }

  @Override
  public synchronized void leave(Post post, State state) {
    Row row = sending.get(post.key());
    if (row != null) {
      move(row, state);
    }
  }

  @Override
  public synchronized void postpone(long chatId, Instant until) {
    for (Row row : ofChat(chatId, State.WAITING, State.SENDING)) {
      row.dueAt = until;
      move(row, State.WAITING);
    }
  }

  @Override
  public synchronized void park(long chatId) {
    ofChat(chatId, State.WAITING, State.SENDING).forEach(row -> move(row, State.PARKED));
  }

  @Override
  public synchronized void unpark(long chatId, Instant now) {
    for (Row row : ofChat(chatId, State.PARKED, State.PARKED)) {
      row.dueAt = now;
      move(row, State.WAITING);
    }
  }

  private List<Row> ofChat(long chatId, State one, State other) {
    return rows.values().stream().filter(r -> r.chatId == chatId && (r.state == one || r.state == other)).toList();
  }

  @Override
  public synchronized List<Post> sending() {
    return sending.values().stream().map(Row::post).toList();
  }

  @Override
  public synchronized Backlog backlog(Instant now) {
    Instant oldest = waiting.stream().map(row -> row.wantedAt).min(Comparator.naturalOrder()).orElse(now);
    return new Backlog(waiting.size(), Duration.between(oldest, now));
  }
}
