package io.x0tta6bl4.payment.internal.watch;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The memos that are waited for, and until when: a hash of 64 bits each in one flat table, since a map of strings costs four
 * cache misses a look-up where there are a million of them, and this one. Two memos of one hash count as one, which costs a look
 * into the ledger and nothing else: the ledger knows memos by their letters. Not thread-safe.
 */
final class MemoTable {

  private static final int SMALLEST = 16;

  /** Made anew for each table, so that nobody can choose memos that fall into one place. */
  private final long seed = ThreadLocalRandom.current().nextLong();

  /** Pairs of a hash, 0 where the place is free, and the epoch milliseconds until which its memo is waited for. */
  private long[] places = new long[2 * SMALLEST];

  private int size;

  void put(String memo, long until) {
    if (4 * size >= places.length) {
      rebuild(Long.MIN_VALUE);
    }
    put(hash(memo), until);
  }

  boolean contains(String memo) {
    long hash = hash(memo);
    return places[place(hash)] == hash;
  }

  void forgetBefore(long millis) {
    for (int i = 0; i < places.length; i += 2) {
      if (places[i] != 0 && places[i + 1] < millis) {
        rebuild(millis);
        return;
      }
    }
  }

  int size() {
    return size;
  }

  private void put(long hash, long until) {
    int place = place(hash);
    if (places[place] == 0) {
      size++;
      places[place] = hash;
      places[place + 1] = until;
    } else {
      places[place + 1] = Math.max(places[place + 1], until);
    }
  }

  /** Gives where a hash is, or the free place where it would be. */
  private int place(long hash) {
    int mask = places.length / 2 - 1;
    int place = (int) hash & mask;
    while (places[2 * place] != 0 && places[2 * place] != hash) {
      place = (place + 1) & mask;
    }
    return 2 * place;
  }

  /** Keeps what is waited for at least until then, in a table that is a quarter to a half full at most. */
  private void rebuild(long millis) {
    long[] before = places;
    places = new long[8 * Integer.highestOneBit(Math.max(SMALLEST, size))];
    size = 0;
    for (int i = 0; i < before.length; i += 2) {
      if (before[i] != 0 && before[i + 1] >= millis) {
        put(before[i], before[i + 1]);
      }
    }
  }

  /** Never 0. */
  private long hash(String memo) {
    long hash = seed;
    for (int i = 0; i < memo.length(); i++) {
      hash = (hash ^ memo.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash == 0 ? 1 : hash;
  }
}
