package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.ledger.WatchedOrder;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a wallet was read, and where the next scan of it begins.
 *
 * <p>A scan begins before the cursor: by the overlap, or by as much as an order that was opened since may have been paid earlier. If
 * there is more than one scan reads, the next goes on where it broke off, or all would read the same and come no further.
 * Not thread-safe.
 */
final class Cursor {

  private final WatchSettings settings;
  private @Nullable Instant readUntil;
  private @Nullable Instant resumeAt;
  private @Nullable Instant lookBack;

  /** The first end of an order for which nobody has looked back yet. */
  private @Nullable Instant firstEnd;

  /** The first opening of an order that was still waited for a while after the cursor. */
  private @Nullable Instant waitedSince;

  Cursor(@Nullable Instant readUntil, WatchSettings settings) {
    this.readUntil = readUntil;
    this.settings = settings;
  }

  /** Every transfer in a block up to then was dealt with; {@code null} before the first scan. */
  @Nullable Instant readUntil() {
    return readUntil;
  }

  /**
   * What was not read for certain: orders watched until then or longer still matter, however late it is, since after an outage
   * their payments are yet to be found.
   */
  Instant unread() {
    Instant read = readUntil;
    return read == null ? Instant.EPOCH : earlier(firstEnd, read.minus(settings.overlap()).minus(settings.expiryGrace()));
  }

  /** Sees to it that an order is looked for since it may have been paid. */
  void lookFor(WatchedOrder order) {
    Instant read = readUntil;
    boolean isWaitedFor = read == null || order.watchedUntil().isAfter(read.plus(settings.overlap()));
    if (isWaitedFor) {
      waitedSince = earlier(waitedSince, order.openedAt());
    }
    // Orders that were there when the cursor passed were looked for then.
    boolean isNew = read == null || order.openedAt().isAfter(read.minus(settings.overlap()));
    boolean isAhead = resumeAt != null && !order.notBefore().isBefore(resumeAt);
    if (isNew && !isAhead) {
      lookBack = earlier(lookBack, order.notBefore());
      firstEnd = earlier(firstEnd, order.watchedUntil());
    }
  }

  /** Where a scan begins now. */
  Instant from(Instant now) {
    Instant earliest = now.minus(settings.window());
    Instant from = resumeAt != null ? resumeAt : beginning(now);
    return from.isBefore(earliest) ? earliest : from;
  }

  private Instant beginning(Instant now) {
    Instant read = readUntil;
    return earlier(lookBack, read == null ? now : read.minus(settings.overlap()));
  }

  /** A scan broke off: the next one begins there. */
  void breakOff(Instant until) {
    lookedBack();
    resumeAt = until;
  }

  /** A scan came to its end, now. */
  void finish() {
    lookedBack();
    resumeAt = null;
  }

  /** Those who came while scans went on from each other have yet to be looked back for. */
  private void lookedBack() {
    if (resumeAt == null) {
      lookBack = null;
      firstEnd = null;
    }
  }

  /** Everything up to there was read. */
  void moveTo(Instant read) {
    readUntil = read;
  }

  /** Orders that were watched until before then can end when the cursor is there. */
  Instant endsBefore(Instant read) {
    return earlier(firstEnd, read.minus(settings.expiryGrace()));
  }

  /** What is dealt with before then is not read again. */
  Instant forgetBefore(Instant from) {
    Instant read = readUntil;
    return read == null ? from : earlier(from, read.minus(settings.overlap()));
  }

  /** Since when nobody has read though an order waited, if that is before what can still be read. */
  Optional<Instant> gapSince(Instant now) {
    Instant unread = waitedSince;
    Instant read = readUntil;
    if (unread != null && read != null && read.isAfter(unread)) {
      unread = read;
    }
    return Optional.ofNullable(unread).filter(since -> since.isBefore(now.minus(settings.window())));
  }

  private static Instant earlier(@Nullable Instant a, Instant b) {
    return a == null || b.isBefore(a) ? b : a;
  }
}
