package io.x0tta6bl4.payment.tron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.simulator.http.SeenRequest;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import io.x0tta6bl4.simulator.tron.ScriptedTronGrid;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of TronGrid, how, and how often. */
class TronRequestsTest extends ScriptedTest {

  private static final String KEY = "top-secret-key";
  private static final String SOLID = "/walletsolidity/getnowblock";
  private static final String TRC20 = "/v1/accounts/" + MERCHANT + "/transactions/trc20";
  private static final String NATIVE = "/v1/accounts/" + MERCHANT + "/transactions";
  private static final String BY_ID = "/wallet/gettransactionbyid";
  private static final String RECEIPT = "/wallet/gettransactioninfobyid";

  @Test
  void oneHeadAndOneListingAreAskedWhenDetailIsGiven() {
    chain.add(pays("25"));
    chain.add(pays("25").memo("ORD-1002"));
    assertVerified(scan(order()));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20);
  }

  @Test
  void theListingIsAskedWithItsWholeWindow() {
    scan(order());
    SeenRequest listing = grid().requests().get(1);
    assertThat(parameter(listing, "only_to")).isEqualTo("true");
    assertThat(parameter(listing, "limit")).isEqualTo("200");
    assertThat(parameter(listing, "order_by")).isEqualTo("block_timestamp,asc");
    assertThat(parameter(listing, "contract_address")).isEqualTo(Fixtures.USDT);
    assertThat(parameter(listing, "get_detail")).isEqualTo("true");
    assertThat(Long.parseLong(parameter(listing, "min_timestamp")))
        .isEqualTo(Fixtures.NOW.minus(Duration.ofHours(24)).toEpochMilli() - 1);
    assertThat(Long.parseLong(parameter(listing, "max_timestamp")))
        .isEqualTo(Fixtures.NOW.plus(Duration.ofDays(1)).toEpochMilli() + 1);
    assertThat(listing.query("fingerprint")).isEmpty();
    assertThat(listing.method()).isEqualTo("GET");
  }

  @Test
  void theListingOfTrxIsAskedWithoutAContract() {
    scan(order(ORDER, trx("100")).build());
    assertThat(grid().paths()).containsExactly(SOLID, NATIVE);
    SeenRequest listing = grid().requests().get(1);
    assertThat(parameter(listing, "only_to")).isEqualTo("true");
    assertThat(listing.query("contract_address")).isEmpty();
    assertThat(listing.query("get_detail")).isEmpty();
  }

  @Test
  void row66_theNextPageIsAskedByItsFingerprintAndNotByItsLink() {
    chain.add(pays("10"));
    chain.add(pays("15").nonce(2));
    grid().pageSize(1);
    assertVerified(scan(order()));
    List<SeenRequest> pages = grid().requests().stream().filter(r -> r.url().contains("/trc20")).toList();
    assertThat(pages).hasSize(2);
    assertThat(parameter(pages.get(1), "fingerprint")).isEqualTo("page1");
    assertThat(pages.get(1).url().replace("&fingerprint=page1", "")).isEqualTo(pages.get(0).url());
  }

  @Test
  void row68_theKeyIsInItsHeaderAndNowhereElse() {
    chain.add(pays("25").withoutDetail());
    PaymentVerifier verifier = verifier(VerifierOptions.API_KEY, KEY);
    assertVerified(verifier.verify(order()));
    assertVerified(verifier.verify(order(), pays("25").hash()));
    assertThat(grid().requests()).hasSizeGreaterThan(4).allSatisfy(request -> {
      assertThat(request.header("TRON-PRO-API-KEY")).hasValue(KEY);
      assertThat(request.url()).doesNotContain(KEY);
      request.headers().entrySet().stream()
          .filter(header -> !header.getKey().equalsIgnoreCase("TRON-PRO-API-KEY"))
          .forEach(header -> assertThat(header.getValue()).noneMatch(value -> value.contains(KEY)));
      assertThat(request.body()).isEmpty();
    });
  }

  @Test
  void row68_withoutAKeyNoHeaderIsSent() {
    scan(order());
    assertThat(grid().requests()).allSatisfy(r -> assertThat(r.header("TRON-PRO-API-KEY")).isEmpty());
  }

  @Test
  void row68_theKeyIsInNoVerdict() {
    PaymentVerifier verifier = verifier(VerifierOptions.API_KEY, KEY);
    for (ScriptedTronGrid.Mode mode : ScriptedTronGrid.Mode.values()) {
      grid().mode(mode);
      assertThat(verifier.verify(order()).toString()).doesNotContain(KEY);
    }
    assertThat(verifier.toString()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../wallet/getnowblock", "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJ?", "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJ/",
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD/../x", "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD?only_to=false", "%2e%2e%2f",
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD#x", "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD\r\nHost: evil", "\u0000"
      })
  void row76_pathCharactersInAnAddressNeverReachTheServer(String address) {
    PaymentRequest request = PaymentRequest.builder(ORDER, address, usdt("25")).build();
    assertThatThrownBy(() -> scan(request)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> verifier().verify(request, Fixtures.PAID)).isInstanceOf(IllegalArgumentException.class);
    assertThat(grid().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "0x", "../getnowblock", "2d4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c",
        "2d4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c9&value=1",
        "2d4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c9c9", "LUlVQ0MY8j/33mQ1d5dbl8EtUbUUCRgqFCmGjjnz9Mk=",
        "zz4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c9"
      })
  void row74_row76_whatIsNoHashNeverReachesTheServer(String hash) {
    PaymentVerifier verifier = verifier();
    assertThatThrownBy(() -> verifier.verify(order(), hash)).isInstanceOf(IllegalArgumentException.class);
    assertThat(grid().requests()).isEmpty();
  }

  @Test
  void row76_anAssetOfAnotherChainOrWithABadContractIsRefused() {
    for (Asset asset : List.of(Asset.TON, new Asset("tron", "BAD", "../x", 6), new Asset("tron", "HEX", "41a614f803b6fd780986a42c78ec9c7f77e6ded13c", 6))) {
      PaymentRequest request = order(ORDER, Amount.ofUnits(asset, 1)).build();
      assertThatThrownBy(() -> scan(request)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(grid().requests()).isEmpty();
  }

  @Test
  void aRowWithoutDetailIsLookedUpOnceAndKept() {
    chain.add(pays("25").withoutDetail());
    PaymentVerifier verifier = verifier();
    assertVerified(verifier.verify(order()));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20, BY_ID);
    assertVerified(verifier.verify(order()));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20, BY_ID, SOLID, TRC20);
  }

  @Test
  void aLookUpOfAPendingTransactionIsNotKept() {
    chain.add(pays("25").at(Fixtures.NOW.minusSeconds(6)).pending().withoutDetail());
    PaymentVerifier verifier = verifier();
    assertPending(verifier.verify(order()));
    assertPending(verifier.verify(order()));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20, BY_ID, SOLID, TRC20, BY_ID);
  }

  @Test
  void aProviderThatDoesNotServeDetailIsReadByLookUps() {
    grid().servesDetail(false);
    chain.add(pays("25"));
    chain.add(pays("25").memo("ORD-1002"));
    assertVerified(scan(order()));
    assertThat(grid().paths()).containsExactlyInAnyOrder(SOLID, TRC20, BY_ID, BY_ID);
  }

  @Test
  void rowsThatCanMatterToNobodyAreNotLookedUp() {
    for (int i = 0; i < 5; i++) {
      chain.add(pays("1").nonce(i).withoutDetail());
    }
    PaymentRequest byAmount = order(ORDER, usdt("25")).tolerance(null).matchMode(MatchMode.AMOUNT).build();
    assertNotFound(scan(byAmount));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20);
  }

  @Test
  void receiptsAreAskedForOtherTokensAndForTransactionsOfSeveralTransfersAndKept() {
    Asset other = new Asset("tron", "TRC20", "TXL6rJbvmjD46zeN1JssfgxvSo99qC8MRT", 18);
    Amount amount = Amount.of(other, new BigDecimal("1.5"));
    chain.add(ScriptedTransaction.transfer(PAYER, MERCHANT, amount).memo(ORDER).at(RECENTLY));
    PaymentVerifier verifier = verifier();
    assertVerified(verifier.verify(order(ORDER, amount).build()));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20, RECEIPT);
    assertVerified(verifier.verify(order(ORDER, amount).build()));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20, RECEIPT, SOLID, TRC20);
    grid().forgetRequests();
    chain.clear();
    chain.add(pays("10").and(PAYER, MERCHANT, usdt("15")));
    assertVerified(verifier.verify(order()));
    assertThat(grid().paths()).containsExactly(SOLID, TRC20, RECEIPT);
  }

  @Test
  void anAnswerWithoutAResultIsAskedForThreeTimesByHash() {
    ScriptedTransaction fresh = pays("25").withoutResult();
    chain.add(fresh);
    assertPending(byHash(order(), fresh));
    assertThat(grid().paths().stream().filter(BY_ID::equals)).hasSize(3);
    assertThat(grid().paths().stream().filter(RECEIPT::equals)).hasSize(3);
  }

  @Test
  void anUnknownTransactionWithAStaleHeadIsToldAtTheDeadline() {
    grid().behind(Duration.ofMinutes(10));
    PaymentVerifier verifier = verifier(VerifierOptions.TIMEOUT, "PT3S");
    assertUnavailable(verifier.verify(order(), Fixtures.PAID));
    assertThat(grid().paths()).contains(SOLID, "/wallet/getnowblock", BY_ID);
  }

  @Test
  void theChainsHeadIsOnlyAskedWhereTheSolidOneIsOld() {
    grid().behind(Duration.ofSeconds(62));
    scan(order());
    assertThat(grid().paths()).containsExactly(SOLID, TRC20);
    grid().forgetRequests();
    grid().behind(Duration.ofSeconds(64));
    assertNotFound(scan(order()));
    assertThat(grid().paths()).containsExactly(SOLID, "/wallet/getnowblock", TRC20);
  }

  @Test
  void anOutageIsAskedAgainAsOftenAsSet() {
    grid().mode(ScriptedTronGrid.Mode.DOWN);
    assertUnavailable(verifier(VerifierOptions.MAX_RETRIES, "1").verify(order()));
    assertThat(grid().paths()).containsExactly(SOLID, SOLID);
  }

  @Test
  void ordersOfSeveralWalletsAreReadByOneScanEach() {
    chain.add(pays("25"));
    PaymentRequest elsewhere = PaymentRequest.builder("ORD-1002", Fixtures.STRANGER, usdt("25")).build();
    PaymentRequest inTrx = order("ORD-1003", trx("5")).build();
    List<Verification> verdicts = verifier().verifyAll(List.of(order(), elsewhere, inTrx, order("ORD-1004", usdt("1")).build()));
    assertThat(verdicts).extracting(Verification::isVerified).containsExactly(true, false, false, false);
    assertThat(verdicts).extracting(v -> v.request().orderId()).containsExactly(ORDER, "ORD-1002", "ORD-1003", "ORD-1004");
    assertThat(grid().paths().stream().filter(path -> path.startsWith("/v1"))).hasSize(3);
  }

  @Test
  void aClosedVerifierRefuses() {
    PaymentVerifier verifier = verifier();
    verifier.close();
    verifier.close();
    assertThatThrownBy(() -> verifier.verify(order())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> verifier.verify(order(), Fixtures.PAID)).isInstanceOf(IllegalStateException.class);
  }

  private static String parameter(SeenRequest request, String name) {
    return request.query(name).orElseThrow();
  }
}
