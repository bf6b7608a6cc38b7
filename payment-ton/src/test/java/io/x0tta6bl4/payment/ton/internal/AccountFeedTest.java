package io.x0tta6bl4.payment.ton.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.HttpTransport;
import io.x0tta6bl4.payment.testkit.ManualTicker;
import io.x0tta6bl4.payment.ton.Fixtures;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountFeedTest {

  private static final TonAddress MERCHANT = TonAddress.parse(Fixtures.MERCHANT, false);
  private static final long FIRST = 1_767_229_000L;

  private final List<String> asked = new ArrayList<>();

  /** Transaction number n of the account, at FIRST + n, chained to n - 1; the first has none before it. */
  private static ObjectNode row(int n) {
    ObjectNode row = Fixtures.tree("synthetic-transaction-by-hash.json");
    row.put("hash", hash(n)).put("lt", n * 10L).put("utime", FIRST + n);
    row.put("prev_trans_lt", (n - 1) * 10L).put("prev_trans_hash", hash(n - 1));
    return row;
  }

  private static String hash(int n) {
    return String.format("%064x", n);
  }

  private static String page(ObjectNode... rows) {
    ObjectNode page = Fixtures.JSON.createObjectNode();
    ArrayNode array = page.putArray("transactions");
    for (ObjectNode row : rows) {
      array.add(row);
    }
    return page.toString();
  }

  private AccountFeed read(long from, int maxPages, String... pages) {
    ManualTicker ticker = new ManualTicker();
    HttpTransport transport =
        new HttpTransport() {
          @Override
          public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
            asked.add(String.valueOf(uri.getRawQuery()).replaceAll(".*before_lt=", "").replaceAll("limit.*", "first"));
            String body = pages[Math.min(asked.size(), pages.length) - 1];
            return new ApiResponse(body.equals("500") ? 500 : 200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
          }

          @Override
          public void close() {
            // There is nothing to release.
          }
        };
    try (TonApi api =
        new TonApi(
            TonApi.client(URI.create("https://feed.example"))
                .transport(transport)
                .options(VerifierOptions.none().with(VerifierOptions.MAX_RETRIES, "0"))
                .limit(1000, Duration.ofSeconds(1))
                .ticker(ticker)
                .build())) {
      return AccountFeed.read(api, MERCHANT, from, maxPages, Deadline.after(Duration.ofMinutes(1), ticker));
    }
  }

  @Test
  void readsBackToTheFirstTransactionOfTheAccount() {
    AccountFeed feed = read(0, 50, page(row(3), row(2)), page(row(1)));
    assertThat(feed.rows()).extracting(TonTransaction::lt).containsExactly(30L, 20L, 10L);
    assertThat(feed.missing()).isNull();
    assertThat(feed.coveredFrom()).isZero();
    assertThat(asked).containsExactly("first", "20");
  }

  @Test
  void endsAtTheStartOfTheWindow() {
    AccountFeed feed = read(FIRST + 2, 50, page(row(3), row(2), row(1)), "500");
    assertThat(feed.rows()).hasSize(2);
    assertThat(feed.missing()).isNull();
    assertThat(feed.coveredFrom()).isEqualTo(FIRST + 2);
    assertThat(asked).hasSize(1);
  }

  @Test
  void anAccountWithoutTransactionsIsWholeAndEmpty() {
    AccountFeed feed = read(0, 50, page());
    assertThat(feed.rows()).isEmpty();
    assertThat(feed.missing()).isNull();
  }

  @Test
  void row64_aGapEndsTheWalkAndIsTold() {
    AccountFeed feed = read(0, 50, page(row(5), row(4), row(2), row(1)));
    assertThat(feed.rows()).hasSize(2);
    assertThat(feed.missing()).contains("before logical time 40");
    assertThat(feed.coveredFrom()).isEqualTo(FIRST + 5);
  }

  @Test
  void row64_aGapBetweenPagesIsTold() {
    assertThat(read(0, 50, page(row(5), row(4)), page(row(2))).missing()).contains("before logical time 40");
    asked.clear();
    assertThat(read(0, 50, page(row(5), row(4)), page()).missing()).contains("before logical time 40");
  }

  @Test
  void row64_aRowWithTheRightTimeAndAnotherHashIsAGap() {
    assertThat(read(0, 50, page(row(5), row(4).put("hash", hash(99)))).missing()).contains("before logical time 50");
  }

  @Test
  void row64_aPageThatComesAgainIsNoEndlessWalk() {
    AccountFeed feed = read(0, 50, page(row(5), row(4)));
    assertThat(feed.missing()).isNotNull();
    assertThat(asked).hasSizeLessThan(4);
  }

  @Test
  void row06_aRowThatIsListedTwiceIsNoGap() {
    AccountFeed feed = read(0, 50, page(row(3), row(3), row(2), row(1)));
    assertThat(feed.missing()).isNull();
    assertThat(feed.rows().stream().map(TonTransaction::lt).distinct()).containsExactly(30L, 20L, 10L);
  }

  @Test
  void row06_pagesThatOverlapAreNoGap() {
    AccountFeed feed = read(0, 50, page(row(3), row(2)), page(row(2), row(1)));
    assertThat(feed.missing()).isNull();
    assertThat(feed.rows().stream().map(TonTransaction::lt).distinct()).containsExactly(30L, 20L, 10L);
  }

  @Test
  void aRowThatCannotBeReadIsToldAndTheRestIsRead() {
    AccountFeed feed = read(0, 50, page(row(4), row(3).put("utime", -1), row(2), row(1)));
    assertThat(feed.rows()).hasSize(3);
    assertThat(feed.unreadable()).singleElement().asString().contains("page 1", "row 1", "utime");
    assertThat(feed.missing()).isNull();
  }

  @Test
  void aPageOfWhichNothingCanBeReadIsMissing() {
    AccountFeed feed = read(0, 50, page(row(4).put("utime", -1)));
    assertThat(feed.missing()).contains("no row");
    assertThat(feed.coveredFrom()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void row32_theTransactionOfAnotherAccountIsToldAndDoesNotCount() {
    ObjectNode other = row(2);
    other.putObject("account").put("address", Fixtures.PAYER);
    ObjectNode none = row(1);
    none.putObject("account").put("address", "nonsense");
    AccountFeed feed = read(0, 50, page(row(3), other, none));
    assertThat(feed.rows()).hasSize(1);
    assertThat(feed.unreadable()).hasSize(2).allSatisfy(text -> assertThat(text).contains("another account"));
  }

  @Test
  void row65_thePageCapIsTold() {
    AccountFeed feed = read(0, 2, page(row(9)), page(row(8)), page(row(7)));
    assertThat(feed.rows()).hasSize(2);
    assertThat(feed.missing()).isEqualTo("there are more than 2 pages");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aLaterPageThatCannotBeReadIsMissingAndTheFirstIsAnOutage() {
    AccountFeed feed = read(0, 50, page(row(9)), "500");
    assertThat(feed.rows()).hasSize(1);
    assertThat(feed.missing()).contains("page 2 could not be read");
    asked.clear();
    assertThatThrownBy(() -> read(0, 50, "500")).isInstanceOf(PaymentException.class);
  }

  private static AccountFeed.Span span(long from, long to) {
    return new AccountFeed.Span(from, to);
  }

  @Test
  void aRowThatCannotBeReadLiesBetweenItsNeighbours() {
    AccountFeed feed = read(0, 50, page(row(50), row(30).put("utime", -1), row(29).putNull("hash"), row(10)), page(row(1)));
    assertThat(feed.hidden()).containsExactly(span(FIRST + 10, FIRST + 50));
    assertThat(feed.mayHide(span(FIRST + 50, FIRST + 60))).isTrue();
    assertThat(feed.mayHide(span(FIRST, FIRST + 10))).isTrue();
    assertThat(feed.mayHide(span(FIRST + 20, FIRST + 30))).isTrue();
    assertThat(feed.mayHide(span(FIRST + 51, FIRST + 60))).isFalse();
    assertThat(feed.mayHide(span(FIRST, FIRST + 9))).isFalse();
  }

  @Test
  void theNewestRowsThatCannotBeReadMayBeOfAnyTimeToCome() {
    AccountFeed feed = read(0, 50, page(row(3).put("utime", -1), row(2), row(1)));
    assertThat(feed.hidden()).containsExactly(span(FIRST + 2, Long.MAX_VALUE));
  }

  @Test
  void rowsThatCannotBeReadAtTheStartOfTheWindowEndAtTheRowBeforeIt() {
    AccountFeed feed = read(FIRST + 3, 50, page(row(5), row(4).put("utime", -1), row(2), row(1)));
    assertThat(feed.hidden()).containsExactly(span(FIRST + 2, FIRST + 5));
    assertThat(feed.missing()).isNull();
  }

  @Test
  void theTransactionOfAnotherAccountStandsWhereOneOfThisAccountIsHidden() {
    ObjectNode other = row(2);
    other.putObject("account").put("address", Fixtures.PAYER);
    assertThat(read(0, 50, page(row(3), other, row(1))).hidden()).containsExactly(span(FIRST + 1, FIRST + 3));
    assertThat(read(0, 50, page(other, row(1))).hidden()).containsExactly(span(FIRST + 1, Long.MAX_VALUE));
  }

  @Test
  void whereAllCanBeReadNothingIsHidden() {
    assertThat(read(0, 50, page(row(3), row(3), row(2), row(1))).hidden()).isEmpty();
  }
}
