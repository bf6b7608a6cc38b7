package io.x0tta6bl4.payment.testkit.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferFilter;
import io.x0tta6bl4.payment.testkit.InMemoryTransferSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scan reads so many transfers, the oldest first, and breaks off: whatever else comes in, the payments of the shop are found. */
class BusyWalletTest {

  private static final int AT_ONCE = 100;

  private final Shop shop = new Shop();

  @BeforeEach
  void aScanReadsAHundredTransfers() {
    shop.source.trick(Shop.WALLET, this::theFirstOf);
    shop.open("ORD-1", "100.00");
    shop.tick();
    shop.tickAfter(Duration.ofMinutes(1));
  }

  @Test
  void moreDustThanAScanReadsBeforeTheCursorHidesNoPaymentBehindIt() {
    dust(450, shop.clock.instant().minusSeconds(30));
    shop.pass(Duration.ofSeconds(5));
    shop.pay("100.00").memo("ORD-1").submit();
    for (int i = 0; i < 6; i++) {
      shop.tick();
    }
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
    assertThat(shop.walletStory()).as("the provider does what it can").isEmpty();
  }

  @Test
  void anOrderThatMayHaveBeenPaidLongAgoIsLookedForThroughAllOfIt() {
    Instant longAgo = shop.clock.instant().minus(Duration.ofHours(10));
    shop.chain.pay(Shop.WALLET, Shop.coins("100.00")).memo("ORD-2").at(longAgo.plusSeconds(3_600)).submit();
    dust(450, longAgo.plusSeconds(60));
    shop.open(NewOrder.of(Shop.request("ORD-2", "100.00").notBefore(longAgo).build()));
    for (int i = 0; i < 6; i++) {
      shop.tick();
    }
    assertThat(shop.story("ORD-2")).containsExactly("VERIFIED");
  }

  @Test
  void anOrderThatIsOpenedMeanwhileIsLookedForAfterwardsAndDoesNotEndBefore() {
    Instant longAgo = shop.clock.instant().minus(Duration.ofHours(10));
    dust(450, longAgo.plusSeconds(60));
    shop.chain.pay(Shop.WALLET, Shop.coins("100.00")).memo("ORD-3").at(longAgo.plusSeconds(30)).submit();
    shop.open(NewOrder.of(Shop.request("ORD-2", "100.00").notBefore(longAgo).build()));
    shop.tick();
    shop.open(
        NewOrder.builder(Shop.request("ORD-3", "100.00").notBefore(longAgo).build()).expiry(Duration.ofMinutes(1)).build());
    for (int i = 0; i < 5; i++) {
      shop.tickAfter(Duration.ofMinutes(10));
    }
    assertThat(shop.story("ORD-3")).as("paid before it was opened, read after its end").containsExactly("VERIFIED");
  }

  @Test
  void ordersWithAPastThatAreOpenedAllTheTimeKeepNobodyFromBeingPaid() {
    Instant longAgo = shop.clock.instant().minus(Duration.ofHours(10));
    dust(450, longAgo.plusSeconds(60));
    shop.pay("100.00").memo("ORD-1").submit();
    for (int i = 0; i < 12; i++) {
      shop.open(NewOrder.of(Shop.request("ORD-late-" + i, "100.00").notBefore(longAgo).build()));
      shop.tick();
    }
    assertThat(shop.story("ORD-1")).containsExactly("VERIFIED");
  }

  @Test
  void isReadAsUsualAfterwards() {
    dust(450, shop.clock.instant().minusSeconds(30));
    shop.pass(Duration.ofMinutes(20));
    for (int i = 0; i < 8; i++) {
      shop.tick();
    }
    assertThat(shop.source.queries)
        .last()
        .extracting(ScanQuery::from)
        .isEqualTo(shop.clock.instant().minusSeconds(5).minus(Duration.ofMinutes(10)));
  }

  /** So many transfers that are nobody's, a hundred to the second. */
  private void dust(int count, Instant from) {
    for (int i = 0; i < count; i++) {
      shop.chain.pay(Shop.WALLET, Shop.coins("0.01")).memo("dust").at(from.plusMillis(10L * i)).submit();
    }
  }

  /** Of all that came in, whatever the filter lets pass: pages are full of it. */
  private Scan theFirstOf(ScanQuery query, Scan honest) {
    ScanQuery unfiltered = new ScanQuery(query.recipient(), query.asset(), query.from(), query.to(), TransferFilter.ALL);
    List<Transfer> all = new InMemoryTransferSource(shop.chain).scan(unfiltered, Deadline.after(Duration.ofMinutes(1), shop.ticker)).transfers();
    if (all.size() <= AT_ONCE) {
      return honest;
    }
    List<Transfer> read = all.subList(0, AT_ONCE);
    return new Scan(read, new Scan.Coverage.Partial("there are more", read.get(AT_ONCE - 1).blockTime().minusMillis(1)), List.of());
  }
}
