package io.x0tta6bl4.payment.ledger;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one listener is still to be told, a queue for each stream. Guarded by its ledger. */
final class InMemoryOutbox {

  private final String listener;
  private final Map<String, Deque<Entry>> streams = new LinkedHashMap<>();

  InMemoryOutbox(String listener) {
    this.listener = listener;
  }

  void add(PaymentEvent event, long sequence) {
    streams.computeIfAbsent(event.stream(), s -> new ArrayDeque<>(2)).add(new Entry(event, sequence));
  }

  List<Delivery> take(Instant now, Instant until, int limit) {
    List<Entry> due = new ArrayList<>();
    for (Deque<Entry> stream : streams.values()) {
      Entry first = stream.getFirst();
      if (!first.dueAt.isAfter(now)) {
        due.add(first);
      }
    }
    due.sort(Comparator.comparingLong(entry -> entry.sequence));
    List<Delivery> taken = new ArrayList<>();
    for (Entry entry : due.subList(0, Math.min(limit, due.size()))) {
      entry.dueAt = until;
      taken.add(new Delivery(listener, entry.event, entry.attempts, entry.sequence));
    }
    return taken;
  }

  void delivered(Delivery delivery) {
    Deque<Entry> stream = streams.get(delivery.event().stream());
    if (stream != null && stream.getFirst().sequence == delivery.sequence()) {
      stream.removeFirst();
      if (stream.isEmpty()) {
        streams.remove(delivery.event().stream());
      }
    }
  }

  void failed(Delivery delivery, Instant retryAt) {
    Deque<Entry> stream = streams.get(delivery.event().stream());
    if (stream != null && stream.getFirst().sequence == delivery.sequence()) {
      stream.getFirst().attempts++;
      stream.getFirst().dueAt = retryAt;
    }
  }

  long size() {
    return streams.values().stream().mapToLong(Deque::size).sum();
  }

  Optional<Instant> oldest() {
    return streams.values().stream().map(stream -> stream.getFirst().event.at()).min(Instant::compareTo);
  }

  private static final class Entry {
    private final PaymentEvent event;
    private final long sequence;
    private Instant dueAt = Instant.EPOCH;
    private int attempts;

    private Entry(PaymentEvent event, long sequence) {
      this.event = event;
      this.sequence = sequence;
    }
  }
}
