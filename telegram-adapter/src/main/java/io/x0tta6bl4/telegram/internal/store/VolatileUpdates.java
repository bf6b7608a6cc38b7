package io.x0tta6bl4.telegram.internal.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@link Updates} in memory. */
final class VolatileUpdates implements Updates {

  private final Map<Long, Row> open = new LinkedHashMap<>();
  private final Map<Long, Instant> closed = new LinkedHashMap<>();

  private static final class Row {
    private final String json;
    private final long queue;
    private final Instant storedAt;
    private int attempts;
    private Instant dueAt;

    private Row(String json, long queue, Instant storedAt) {
      this.json = json;
      this.queue = queue;
      this.storedAt = storedAt;
      this.dueAt = storedAt;
    }
  }

  @Override
  public synchronized boolean add(long id, String json, long queue, Instant now) {
    return !closed.containsKey(id) && open.putIfAbsent(id, new Row(json, queue, now)) == null;
  }

  @Override
  public synchronized List<Taken> take(Instant now, Instant until, int limit) {
    List<Taken> taken = new ArrayList<>();
    Set<Long> queues = new HashSet<>();
    for (Map.Entry<Long, Row> entry : open.entrySet()) {
      Row row = entry.getValue();
      if (taken.size() == limit) {
        break;
      }
      if (queues.add(row.queue) && !row.dueAt.isAfter(now)) {
        row.dueAt = until;
        taken.add(new Taken(entry.getKey(), row.json, row.attempts, row.storedAt));
      }
    }
    return taken;
  }

  @Override
  public synchronized void done(long id) {
    close(id);
  }

  @Override
  public synchronized void failed(long id, Instant retryAt) {
    Row row = open.get(id);
    if (row != null) {
      row.attempts++;
      row.dueAt = retryAt;
    }
  }

  @Override
  public synchronized void setAside(long id) {
    close(id);
  }

  private void close(long id) {
    Row row = open.remove(id);
    if (row != null) {
      closed.put(id, row.storedAt);
    }
  }

  @Override
  public synchronized int purge(Instant before) {
    int purged = 0;
    for (Iterator<Instant> times = closed.values().iterator(); times.hasNext(); ) {
      if (times.next().isBefore(before)) {
        times.remove();
        purged++;
      }
    }
    return purged;
  }
}
