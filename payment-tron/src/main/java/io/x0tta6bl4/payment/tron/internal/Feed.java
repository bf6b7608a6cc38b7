package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.PaymentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All pages of a listing, as far as they could be read.
 *
 * @param rows in the provider's order; a row may stand in it twice
 * @param unreadable one sentence for each row that could not be read
 * @param missing why not all pages were read; {@code null} if they were
 * @param <T> a row
 */
record Feed<T>(List<T> rows, List<String> unreadable, @Nullable String missing) {

  /** Asks for the page at a fingerprint, {@code null} for the first. */
  interface Pages<T> {
    Page<T> at(@Nullable String fingerprint);
  }

  /**
   * Reads page after page.
   *
   * @throws PaymentException if the first page failed, or the thread was interrupted
   */
  static <T> Feed<T> read(Pages<T> pages, int maxPages) {
    List<T> rows = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String fingerprint = null;
    for (int count = 1; ; count++) {
      Page<T> page;
      try {
        page = pages.at(fingerprint);
      } catch (PaymentException e) {
        if (count == 1 || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        return new Feed<>(rows, unreadable, "page " + count + " could not be read: " + e.getMessage());
      }
      rows.addAll(page.rows());
      for (String problem : page.unreadable()) {
        unreadable.add("page " + count + ", " + problem);
      }
      fingerprint = page.fingerprint();
      if (fingerprint == null) {
        return new Feed<>(rows, unreadable, null);
      }
      if (!seen.add(fingerprint)) {
        return new Feed<>(rows, unreadable, "the provider repeats the fingerprint of page " + count);
      }
      if (count == maxPages) {
        return new Feed<>(rows, unreadable, "there are more than " + maxPages + " pages");
      }
    }
  }
}
