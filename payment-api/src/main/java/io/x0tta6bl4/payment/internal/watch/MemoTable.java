package io.x0tta6bl4.payment.internal.watch;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The memos that are waited for, and until when: a hash of 64 bits each in a flat table, since a map of strings costs four
 * cache misses a look-up where there are a million of them, and this one. Two memos of one hash count as one, which costs a look
 * into the ledger and nothing else: the ledger knows memos by their letters. Not thread-safe.
 */
final class MemoTable {

  private static final int SMALLEST = 16;

  /** Made anew for each table, so that nobody can choose memos that fall into one place. */
  private final long seed = ThreadLocalRandom.current().nextLong();

  /** A hash in its place, 0 where the place is free; apart from the ends, so that a look-up finds more of it in the caches. */
  private long[] hashes = new long[SMALLEST];

  /** Until which epoch millisecond the memo in the same place is waited for. */
  private long[] ends = new long[SMALLEST];

  private int size;

  void put(String memo, long until) {
    if (2 * size >= hashes.length) {
      rebuild(Long.MIN_VALUE);
    }
    put(hash(memo), until);
  }

  boolean contains(String memo) {
    long hash = hash(memo);
    return hashes[place(hash)] == hash;
  }

  void forgetBefore(long millis) {
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] != 0 && ends[i] < millis) {
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
    if (hashes[place] == 0) {
      size++;
      hashes[place] = hash;
      ends[place] = until;
    } else {
      ends[place] = Math.max(ends[place], until);
    }
  }

  /** Gives where a hash is, or the free place where it would be. */
  private int place(long hash) {
    int mask = hashes.length - 1;
    int place = (int) hash & mask;
    while (hashes[place] != 0 && hashes[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Keeps what is waited for at least until then, in a table that is a quarter to a half full at most. */
  private void rebuild(long millis) {
    long[] oldHashes = hashes;
    long[] oldEnds = ends;
    int places = 4 * Integer.highestOneBit(Math.max(SMALLEST, size));
    hashes = new long[places];
    ends = new long[places];
    size = 0;
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0 && oldEnds[i] >= millis) {
        put(oldHashes[i], oldEnds[i]);
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
