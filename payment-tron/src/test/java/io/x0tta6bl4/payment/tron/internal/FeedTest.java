package io.x0tta6bl4.payment.tron.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.ProviderUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {

  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void clearTheInterruptFlag() {
    Thread.interrupted();
  }

  @Test
  void readsUntilAPageHasNoFingerprint() {
    Feed<String> feed = read(50, page("a", "1", "x"), page("b", null, "y", "z"));
    assertThat(feed.rows()).containsExactly("x", "y", "z");
    assertThat(feed.missing()).isNull();
    assertThat(asked).containsExactly("null", "a");
  }

  @Test
  void row64_endlessFingerprintsEndAtThePageCap() {
    List<String> pages = new ArrayList<>();
    Feed<String> feed =
        Feed.read(
            fingerprint -> {
              pages.add(String.valueOf(fingerprint));
              return new Page<>(List.of("row"), List.of(), "f" + pages.size());
            },
            7);
    assertThat(pages).hasSize(7);
    assertThat(feed.rows()).hasSize(7);
    assertThat(feed.missing()).isEqualTo("there are more than 7 pages");
  }

  @Test
  void row64_aFingerprintThatComesAgainEndsTheListing() {
    Feed<String> feed =
        Feed.read(
            fingerprint -> {
              asked.add(String.valueOf(fingerprint));
              return new Page<>(List.of("row"), List.of(), "same");
            },
            50);
    assertThat(asked).containsExactly("null", "same");
    assertThat(feed.missing()).contains("repeats the fingerprint of page 2");
  }

  @Test
  void row64_fingerprintsInACircleEndTheListing() {
    Feed<String> feed =
        Feed.read(
            fingerprint -> {
              asked.add(String.valueOf(fingerprint));
              return new Page<>(List.of(), List.of(), "b".equals(fingerprint) ? "a" : fingerprint == null ? "a" : "b");
            },
            50);
    assertThat(asked).containsExactly("null", "a", "b");
    assertThat(feed.missing()).isNotNull();
  }

  @Test
  void row64_anEmptyPageWithAFingerprintIsNotTheEnd() {
    Feed<String> feed = read(50, page("a", "1"), page("b", null, "x"));
    assertThat(feed.rows()).containsExactly("x");
    assertThat(feed.missing()).isNull();
  }

  @Test
  void exactlyAsManyPagesAsAllowedAreAllOfThem() {
    assertThat(read(2, page("a", "1", "x"), page("b", null, "y")).missing()).isNull();
    asked.clear();
    assertThat(read(1, page("a", "1", "x")).missing()).isEqualTo("there are more than 1 pages");
  }

  @Test
  void aLaterPageThatFailsLeavesWhatWasRead() {
    Feed<String> feed =
        Feed.read(
            fingerprint -> {
              if (fingerprint != null) {
                throw new ProviderUnavailableException("tron", "gone", true, 503);
              }
              return new Page<>(List.of("x"), List.of("row 3: odd"), "a");
            },
            50);
    assertThat(feed.rows()).containsExactly("x");
    assertThat(feed.unreadable()).containsExactly("page 1, row 3: odd");
    assertThat(feed.missing()).startsWith("page 2 could not be read: ").contains("gone");
  }

  @Test
  void aFirstPageThatFailsIsAFailure() {
    assertThatThrownBy(
            () ->
                Feed.read(
                    fingerprint -> {
                      throw new ProviderUnavailableException("tron", "gone", true, 503);
                    },
                    50))
        .isInstanceOf(ProviderUnavailableException.class);
  }

  @Test
  void row80_anInterruptEndsTheListingAtOnce() {
    assertThatThrownBy(
            () ->
                Feed.read(
                    fingerprint -> {
                      if (fingerprint != null) {
                        Thread.currentThread().interrupt();
                        throw new ProviderUnavailableException("tron", "interrupted", false, null);
                      }
                      return new Page<>(List.of("x"), List.of(), "a");
                    },
                    50))
        .isInstanceOf(ProviderUnavailableException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private record Named(String name, Page<String> page) {}

  private static Named page(String name, String next, String... rows) {
    return new Named(name, new Page<>(List.of(rows), List.of(), next == null ? null : name));
  }

  private Feed<String> read(int maxPages, Named... pages) {
    return Feed.read(
        fingerprint -> {
          asked.add(String.valueOf(fingerprint));
          return pages[asked.size() - 1].page();
        },
        maxPages);
  }
}
