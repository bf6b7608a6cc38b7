package io.x0tta6bl4.payment.tron;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.simulator.tron.ScriptedTransaction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdicts on recorded and synthetic answers, which {@code trongrid/README.md} of the fixtures gives. */
class TronRecordedTest {

  private static final String LIST = "synthetic-account-trc20-get-detail.json";
  private static final String UNREADABLE_MEMO = "b9804a794b1f28ca349fd3feb01e0b2ac5c376949d325a82773a7d7221b6a415";
  private static final String ORD1008 = "d83cb45e11f0a57f4c141ea0666a73fca63e20a67c5018d25b1c02518ff4e1ad";

  private static RecordedTronGrid grid;

  @BeforeAll
  static void start() {
    grid = new RecordedTronGrid();
  }

  @AfterAll
  static void stop() {
    grid.close();
  }

  @BeforeEach
  void serveTheSyntheticAnswers() {
    grid.reset(Fixtures.NOW);
    grid.trc20(Fixtures.text(LIST));
    grid.transactions(Fixtures.text("synthetic-account-transactions-trx.json"));
    grid.transaction(ORD1008, Fixtures.text("synthetic-transaction-usdt-memo-ord1008.json"));
    grid.receipt(Fixtures.PAID_TWICE, Fixtures.text("synthetic-txinfo-two-transfers.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "ORD-1001, 25, 0, VERIFIED",
    "ORD-1002, 25, 0, UNDERPAID",
    "ORD-1002, 25, 0.01, VERIFIED",
    "ORD-1003, 25, 0, MEMO_UNREADABLE",
    "ORD-1004, 25, 0, MEMO_UNREADABLE",
    "ORD-10011, 25, 0, VERIFIED",
    "ORD-1005, 25, 0, VERIFIED",
    "ORD-1006, 25, 0, MEMO_UNREADABLE",
    "ord-1006, 25, 0, VERIFIED",
    "ORD-1007, 25, 0, MEMO_UNREADABLE",
    "ORD-1008, 25, 0, VERIFIED",
    "ORD-1009, 25, 0, VERIFIED",
    "ORD-1009, 26, 0, UNDERPAID",
    "ORD-1010, 25, 0, OVERPAID",
    "ORD-1010, 25, 0.04, VERIFIED",
    "ORD-1012, 25, 0, MEMO_UNREADABLE",
    "ORD-1012, 77, 0, NOT_FOUND",
    "ORD-9999, 24.9, 0, NOT_FOUND"
  })
  void theSyntheticListingGivesTheVerdictsOfItsReadme(String id, String amount, String tolerance, String expected) {
    PaymentRequest request = usdt(id, amount).tolerance(new BigDecimal(tolerance)).build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(request))).isEqualTo(expected);
    }
  }

  @Test
  void row19_row20_theHintNamesTheEarliestOfTheRightAmountWithoutAReadableMemo() {
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      Verification verdict = verifier.verify(usdt("ORD-9999", "25").tolerance(BigDecimal.ZERO).build());
      assertThat(((Verification.Rejected) verdict).candidate().orElseThrow().id().transactionHash()).isEqualTo(UNREADABLE_MEMO);
    }
  }

  @Test
  void theWholeListingIsJudgedForAllOrdersInOneScan() {
    List<PaymentRequest> requests =
        List.of(
            usdt("ORD-1001", "25").build(),
            usdt("ORD-1003", "25").build(),
            usdt("ORD-1008", "25").build(),
            usdt("ORD-1009", "25").build(),
            PaymentRequest.builder("ORD-3001", Fixtures.MERCHANT, trx("100")).build());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(verifier.verifyAll(requests)).extracting(TronRecordedTest::word)
          .containsExactly("VERIFIED", "MEMO_UNREADABLE", "VERIFIED", "VERIFIED", "VERIFIED");
    }
    grid.server().verify(1, getRequestedFor(urlPathMatching("/v1/accounts/.*/trc20")));
    grid.server().verify(1, getRequestedFor(urlPathEqualTo("/wallet/gettransactionbyid")));
    grid.server().verify(1, getRequestedFor(urlPathEqualTo("/wallet/gettransactioninfobyid")));
  }

  @Test
  void row38_anOrderWithALongerMaximumAgeFindsTheOldPayment() {
    PaymentRequest request = usdt("ORD-1012", "25").maxAge(Duration.ofHours(24).plusSeconds(1)).build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(request))).isEqualTo("VERIFIED");
      // In one scan with it, the order with the shorter age does not see it.
      List<Verification> both = verifier.verifyAll(List.of(usdt("ORD-1012", "77").build(), request));
      assertThat(both).extracting(TronRecordedTest::word).containsExactly("NOT_FOUND", "VERIFIED");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ORD-3001, 100, VERIFIED",
    "ORD-3001, 101, UNDERPAID",
    "ORD-3002, 100, SELF_TRANSFER",
    "ORD-3003, 100, UNDERPAID",
    "ORD-3004, 100, NOT_FOUND"
  })
  void theSyntheticListingOfTrxGivesTheVerdictsOfItsReadme(String id, String amount, String expected) {
    PaymentRequest request =
        PaymentRequest.builder(id, Fixtures.MERCHANT, trx(amount)).tolerance(BigDecimal.ZERO).build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(request))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, ORD-1001, VERIFIED",
    "0, ORD-1002, MEMO_MISMATCH",
    "1, ORD-1002, UNDERPAID",
    "2, ORD-1003, WRONG_TOKEN",
    "4, ORD-1001, MEMO_MISMATCH",
    "5, ORD-1005, VERIFIED",
    "6, ORD-1006, MEMO_MISMATCH",
    "7, ORD-1006, MEMO_MISSING",
    "8, ORD-1007, MEMO_UNREADABLE",
    "12, ORD-1010, OVERPAID",
    "13, ORD-1012, TOO_OLD"
  })
  void byHashTheRowsOfTheSyntheticListingHaveTheirReasons(int row, String id, String expected) {
    JsonNode listed = Fixtures.tree(LIST).get("data").get(row);
    String hash = listed.get("transaction_id").textValue();
    grid.transaction(hash, listed.get("detail").toString());
    grid.receipt(hash, receiptOf(listed).toString());
    PaymentRequest request = usdt(id, "25").tolerance(BigDecimal.ZERO).build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(request, hash))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"out-of-energy", "revert"})
  void row08_theSyntheticFailuresAreFailed(String kind) {
    String transaction = Fixtures.text("synthetic-transaction-usdt-" + kind + ".json");
    String hash = Fixtures.parse(transaction).get("txID").textValue();
    grid.transaction(hash, transaction);
    grid.receipt(hash, Fixtures.text("synthetic-txinfo-usdt-" + kind + ".json"));
    PaymentRequest request = usdt(kind.equals("revert") ? "ORD-1013" : "ORD-1011", "25").build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(request, hash))).isEqualTo("FAILED");
      // One of the two says so: that is enough.
      ObjectNode lie = Fixtures.parse(transaction);
      ((ObjectNode) lie.get("ret").get(0)).put("contractRet", "SUCCESS");
      grid.transaction(hash, lie.toString());
      assertThat(word(verifier.verify(request, hash))).isEqualTo("FAILED");
      grid.transaction(hash, transaction);
      grid.receipt(hash, "{}");
      assertThat(word(verifier.verify(request, hash))).isEqualTo("FAILED");
    }
  }

  @Test
  void row05_theSyntheticTransactionOfTwoTransfersIsTheSameByHashAndByScan() {
    JsonNode listed = Fixtures.tree(LIST).get("data").get(10);
    grid.transaction(Fixtures.PAID_TWICE, listed.get("detail").toString());
    PaymentRequest request = usdt("ORD-1009", "25").build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      Verification.Verified byHash = verifier.verify(request, Fixtures.PAID_TWICE).verified().orElseThrow();
      assertThat(byHash.transfers()).extracting(t -> t.id().index()).containsExactly(0, 3);
      assertThat(verifier.verify(request).verified().orElseThrow().transfers()).isEqualTo(byHash.transfers());
    }
  }

  @Test
  void row06_row64_pagesAreReadByFingerprintAndRowsThatCannotBeLookedUpAreIncomplete() {
    grid.trc20(Fixtures.text("synthetic-account-trc20-page1.json"));
    grid.trc20("synthFingerprint1", Fixtures.text("synthetic-account-trc20-page2.json"));
    PaymentRequest request = usdt("ORD-4001", "3.000003").tolerance(BigDecimal.ZERO).matchMode(MatchMode.ADDRESS).build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(request))).isEqualTo("INCOMPLETE");
      List<LoggedRequest> pages =
          grid.server().findAll(getRequestedFor(urlPathMatching("/v1/accounts/.*/trc20")));
      assertThat(pages).hasSize(2);
      assertThat(pages.get(1).getUrl()).contains("&fingerprint=synthFingerprint1");
      assertThat(pages.get(1).getUrl().replace("&fingerprint=synthFingerprint1", "")).isEqualTo(pages.get(0).getUrl());
    }
    // A verdict that such rows cannot change stands.
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      PaymentRequest byAmount = usdt("ORD-4001", "7").matchMode(MatchMode.AMOUNT).build();
      assertThat(word(verifier.verify(byAmount))).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void theRecordedTokenTransferIsVerifiedAtItsTime() {
    JsonNode listed = Fixtures.tree("account-trc20-get-detail.ledger.json").get("data").get(0);
    String hash = listed.get("transaction_id").textValue();
    Instant now = Instant.ofEpochMilli(1_738_601_505_000L).plusSeconds(120);
    grid.reset(now);
    grid.transaction(hash, listed.get("detail").toString());
    grid.receipt(hash, Fixtures.text("txinfo-usdt-transfer.ledger.json"));
    String recipient = "TXVj38D1XR3TPgSHTCZGC8wkLDAGqF1oqx";
    Amount amount = Amount.of(Asset.USDT_TRC20, new BigDecimal("41.677389"));
    grid.trc20(Fixtures.text("account-trc20-get-detail.ledger.json"));
    try (PaymentVerifier verifier = grid.verifier(now)) {
      PaymentRequest byAmount = PaymentRequest.builder("ORD-1", recipient, amount).matchMode(MatchMode.AMOUNT).build();
      Verification.Verified byHash = verifier.verify(byAmount, hash).verified().orElseThrow();
      assertThat(byHash.completedBy().from()).isEqualTo("TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre");
      assertThat(verifier.verify(byAmount).verified().orElseThrow().transfers()).isEqualTo(byHash.transfers());
      PaymentRequest byMemo = PaymentRequest.builder("ORD-1", recipient, amount).build();
      assertThat(word(verifier.verify(byMemo, hash))).isEqualTo("MEMO_MISSING");
      assertThat(word(verifier.verify(byMemo))).isEqualTo("MEMO_MISSING");
    }
  }

  @Test
  void theRecordedIncomingTransfersAreVerifiedByScan() {
    Instant now = Instant.ofEpochMilli(1_738_341_777_000L).plusSeconds(3_600);
    grid.reset(now);
    grid.trc20(Fixtures.text("account-trc20-get-detail.ledger.json"));
    Amount amount = Amount.of(Asset.USDT_TRC20, new BigDecimal("41.499389"));
    PaymentRequest request =
        PaymentRequest.builder("ORD-1", "TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre", amount).matchMode(MatchMode.AMOUNT).build();
    try (PaymentVerifier verifier = grid.verifier(now)) {
      assertThat(word(verifier.verify(request))).isEqualTo("VERIFIED");
    }
  }

  @Test
  void row20_theRecordedTransferWithoutAMemoIsRefused() {
    JsonNode transaction = Fixtures.tree("transaction-usdt-nomemo.gem.json");
    String hash = transaction.get("txID").textValue();
    Instant now = Instant.ofEpochMilli(1_727_747_913_000L).plusSeconds(120);
    grid.reset(now);
    grid.transaction(hash, transaction.toString());
    ObjectNode receipt = Fixtures.tree("txinfo-usdt-transfer.ledger.json");
    receipt.put("id", hash).put("blockTimeStamp", 1_727_747_913_000L);
    ObjectNode log = (ObjectNode) receipt.get("log").get(0);
    log.put("data", String.format("%064x", 25_000_000));
    ((ArrayNode) log.get("topics"))
        .set(2, "0".repeat(24) + "6e2cf2878020b966786f01ab45ea1fcef6880092");
    grid.receipt(hash, receipt.toString());
    String recipient = "416e2cf2878020b966786f01ab45ea1fcef6880092";
    try (PaymentVerifier verifier = grid.verifier(now)) {
      Amount amount = Amount.of(Asset.USDT_TRC20, new BigDecimal("25"));
      assertThat(word(verifier.verify(PaymentRequest.builder("ORD-1", recipient, amount).build(), hash)))
          .isEqualTo("MEMO_MISSING");
      assertThat(word(verifier.verify(usdt("ORD-1", "25").build(), hash))).isEqualTo("WRONG_RECIPIENT");
      // Its logs must not bring more than its call says.
      log.put("data", String.format("%064x", 26_000_000));
      grid.receipt(hash, receipt.toString());
      assertThat(word(verifier.verify(PaymentRequest.builder("ORD-1", recipient, amount).build(), hash)))
          .isEqualTo("MALFORMED");
    }
  }

  @Test
  void theRecordedTrxTransfersAreVerifiedByHash() {
    Instant now = Instant.ofEpochMilli(1_757_976_723_000L).plusSeconds(120);
    grid.reset(now);
    JsonNode plain = Fixtures.tree("transaction-trx-transfer.gem.json");
    String hash = plain.get("txID").textValue();
    grid.transaction(hash, plain.toString());
    grid.receipt(hash, Fixtures.text("txinfo-trx-transfer.gem.json"));
    JsonNode value = plain.get("raw_data").get("contract").get(0).get("parameter").get("value");
    Amount amount = Amount.ofUnits(Asset.TRX, value.get("amount").longValue());
    String recipient = value.get("to_address").textValue();
    try (PaymentVerifier verifier = grid.verifier(now)) {
      PaymentRequest request = PaymentRequest.builder("ORD-1", recipient, amount).matchMode(MatchMode.AMOUNT).build();
      Verification.Verified verified = verifier.verify(request, hash).verified().orElseThrow();
      assertThat(verified.completedBy().id().index()).isZero();
      assertThat(word(verifier.verify(PaymentRequest.builder("ORD-1", recipient, amount).build(), hash)))
          .isEqualTo("MEMO_MISSING");
    }
  }

  @Test
  void row13_theRecordedTrxTransferWithAMemoIsAMismatch() {
    Instant blockTime = Instant.ofEpochMilli(1_771_951_041_000L);
    Instant now = blockTime.plusSeconds(120);
    grid.reset(now);
    JsonNode swap = Fixtures.tree("transaction-trx-with-memo.gem.json");
    String hash = swap.get("txID").textValue();
    grid.transaction(hash, swap.toString());
    ObjectNode receipt = Fixtures.tree("txinfo-trx-transfer.gem.json");
    receipt.put("id", hash).put("blockTimeStamp", blockTime.toEpochMilli());
    grid.receipt(hash, receipt.toString());
    String recipient = "41ae7568fa877622e05ffca36fd451eeca923905ac";
    try (PaymentVerifier verifier = grid.verifier(now)) {
      assertThat(word(verifier.verify(PaymentRequest.builder("TRON.USDT", recipient, trx("200")).build(), hash)))
          .isEqualTo("MEMO_MISMATCH");
      PaymentRequest byAddress =
          PaymentRequest.builder("ORD-1", recipient, trx("200")).matchMode(MatchMode.ADDRESS).build();
      assertThat(word(verifier.verify(byAddress, hash))).isEqualTo("VERIFIED");
    }
  }

  @Test
  void row57_row58_theRecordedListingsHoldNoTrxForTheirWallets() {
    for (String file : List.of("account-transactions-mixed.blockatlas.json", "account-transactions-trc10.blockatlas.json")) {
      for (JsonNode row : Fixtures.tree(file).get("data")) {
        JsonNode contract = row.get("raw_data").get("contract").get(0);
        JsonNode value = contract.get("parameter").get("value");
        boolean coins = contract.get("type").textValue().equals("TransferContract");
        if (value.has("to_address") && value.get("amount").longValue() > 0) {
          Instant now = Instant.ofEpochMilli(row.get("block_timestamp").longValue()).plusSeconds(120);
          grid.reset(now);
          grid.transactions("{\"data\":[" + row + "],\"success\":true,\"meta\":{}}");
          Amount amount = Amount.ofUnits(Asset.TRX, value.get("amount").longValue());
          PaymentRequest request =
              PaymentRequest.builder("ORD-1", value.get("to_address").textValue(), amount).matchMode(MatchMode.AMOUNT).build();
          try (PaymentVerifier verifier = grid.verifier(now)) {
            assertThat(word(verifier.verify(request))).isEqualTo(coins ? "VERIFIED" : "NOT_FOUND");
          }
        }
      }
    }
  }

  @Test
  void row64_theRecordedEmptyPageWithAFingerprintEndsAtItsSecondSight() {
    grid.transactions(Fixtures.text("account-transactions-empty.blockatlas.json"));
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(PaymentRequest.builder("ORD-3001", Fixtures.MERCHANT, trx("100")).build())))
          .isEqualTo("INCOMPLETE");
    }
    grid.server().verify(2, getRequestedFor(urlPathMatching("/v1/accounts/[^/]+/transactions")));
  }

  @ParameterizedTest
  @CsvSource({
    "429, error-429-suspended.json, PT27S",
    "403, error-403-suspended.json, PT30S",
    "200, error-200-lack-of-computing.json, ",
    "200, error-200-lite-fullnode.txt, ",
    "404, error-404-api-disabled.json, "
  })
  void row62_row72_recordedErrorsAreUnavailable(int status, String file, Duration wait) {
    grid.everything(status, Fixtures.text(file));
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      Verification verdict = verifier.verify(usdt("ORD-1001", "25").build());
      assertThat(verdict).isInstanceOf(Verification.Unavailable.class);
      assertThat(((Verification.Unavailable) verdict).retryIn()).isEqualTo(wait);
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build(), Fixtures.PAID))).isEqualTo("UNAVAILABLE");
    }
  }

  @Test
  void row62_anAnswerOfTheBroadcastEndpointIsNoAnswer() {
    grid.everything(200, Fixtures.text("error-broadcast.gem.json"));
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build()))).isEqualTo("UNAVAILABLE");
    }
  }

  @ParameterizedTest
  @CsvSource({"200, <html>busy</html>", "200, ''", "400, ''", "500, oops", "502, <html/>", "503, ''", "200, '{\"data\":['", "200, 'null'", "204, ''"})
  void row63_whatIsNoAnswerIsUnavailable(int status, String body) {
    grid.everything(status, body);
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build()))).isEqualTo("UNAVAILABLE");
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build(), Fixtures.PAID))).isEqualTo("UNAVAILABLE");
    }
  }

  @Test
  void row63_cutGzipIsUnavailable() {
    grid.everything(200, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}, "X-Encoded", "gzip");
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build()))).isEqualTo("UNAVAILABLE");
    }
  }

  @Test
  void row61_aBodyBeyondTheLimitIsUnavailable() {
    grid.everything(200, ("{\"data\":[\"" + "x".repeat(17 * 1024 * 1024)).getBytes(StandardCharsets.UTF_8));
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build()))).isEqualTo("UNAVAILABLE");
    }
  }

  @Test
  void row61_deepNestingInARowIsUnavailable() {
    grid.trc20("{\"data\":[{\"extra\":" + "[".repeat(1000) + "]".repeat(1000) + "}],\"success\":true}");
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build()))).isEqualTo("UNAVAILABLE");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void row66_redirectsAreNotFollowed(int status) {
    grid.everything(status, new byte[0], "Location", "/elsewhere");
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW, VerifierOptions.API_KEY, "top-secret-key")) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build()))).isEqualTo("UNAVAILABLE");
    }
    grid.server().verify(0, getRequestedFor(urlPathEqualTo("/elsewhere")));
  }

  @Test
  void row69_anAnswerForAnotherTransactionIsMalformed() {
    grid.transaction(Fixtures.PAID, Fixtures.text("synthetic-transaction-usdt-memo-ord1008.json"));
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1008", "25").build(), Fixtures.PAID))).isEqualTo("MALFORMED");
      ObjectNode forged = Fixtures.tree("synthetic-transaction-usdt-memo.json");
      forged.put("raw_data_hex", forged.get("raw_data_hex").textValue().replace("4f52442d31303031", "4f52442d39393939"));
      grid.transaction(Fixtures.PAID, forged.toString());
      assertThat(word(verifier.verify(usdt("ORD-9999", "25").build(), Fixtures.PAID))).isEqualTo("MALFORMED");
    }
  }

  @Test
  void row69_theDecodedRawDataIsNotBelieved() {
    ObjectNode forged = Fixtures.tree("synthetic-transaction-usdt-memo.json");
    ((ObjectNode) forged.get("raw_data")).put("data", "4f52442d39393939");
    grid.transaction(Fixtures.PAID, forged.toString());
    grid.receipt(Fixtures.PAID, receiptOf(Fixtures.tree(LIST).get("data").get(0)).toString());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-9999", "25").build(), Fixtures.PAID))).isEqualTo("MEMO_MISMATCH");
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build(), Fixtures.PAID))).isEqualTo("VERIFIED");
    }
  }

  @Test
  void row69_aReceiptOfAnotherTransactionIsMalformedByHashAndUnreadableByScan() {
    grid.transaction(Fixtures.PAID, Fixtures.text("synthetic-transaction-usdt-memo.json"));
    grid.receipt(Fixtures.PAID, Fixtures.text("synthetic-txinfo-two-transfers.json"));
    ObjectNode other = Fixtures.tree("synthetic-txinfo-two-transfers.json");
    grid.receipt(Fixtures.PAID_TWICE, other.put("id", Fixtures.PAID).toString());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build(), Fixtures.PAID))).isEqualTo("MALFORMED");
      Verification verdict = verifier.verify(usdt("ORD-1009", "77").build());
      assertThat(word(verdict)).isEqualTo("NOT_FOUND");
      assertThat(verdict.notes()).anySatisfy(note -> assertThat(note).contains("of another transaction or block"));
    }
  }

  @Test
  void row39_aReceiptOfAnotherBlockTimeThanTheRowIsNotBelieved() {
    ObjectNode other = Fixtures.tree("synthetic-txinfo-two-transfers.json");
    grid.receipt(Fixtures.PAID_TWICE, other.put("blockTimeStamp", 1_767_228_543_000L).toString());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1009", "77").build()))).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void aFailedReceiptOfAListedTransactionBringsNothing() {
    ObjectNode failed = Fixtures.tree("synthetic-txinfo-two-transfers.json");
    grid.receipt(Fixtures.PAID_TWICE, failed.put("result", "FAILED").toString());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1009", "77").build()))).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void aLookUpThatFailsMakesAScanIncompleteUnlessItVerified() {
    grid.transaction(ORD1008, "<html>");
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(verifier.verifyAll(List.of(usdt("ORD-1001", "25").build(), usdt("ORD-1008", "25").build())))
          .extracting(TronRecordedTest::word)
          .containsExactly("VERIFIED", "INCOMPLETE");
    }
  }

  @Test
  void aSecondPageThatFailsMakesAScanIncompleteUnlessItVerified() {
    ObjectNode first = Fixtures.tree(LIST);
    ((ObjectNode) first.get("meta")).put("fingerprint", "next");
    grid.trc20(first.toString());
    grid.trc20("next", "{\"Error\":\"class java.lang.IllegalAccessException : lack of computing resources\"}");
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(verifier.verifyAll(List.of(usdt("ORD-1001", "25").build(), usdt("ORD-9999", "77").build())))
          .extracting(TronRecordedTest::word)
          .containsExactly("VERIFIED", "INCOMPLETE");
    }
  }

  @Test
  void aTransactionWhoseLogsOnlyTellIsPendingWhileItHasNoReceipt() {
    grid.transaction(Fixtures.PAID_TWICE, Fixtures.tree(LIST).get("data").get(10).get("detail").toString());
    grid.receipt(Fixtures.PAID_TWICE, "{}");
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1009", "25").build(), Fixtures.PAID_TWICE))).isEqualTo("PENDING");
      assertThat(word(verifier.verify(usdt("ORD-1009", "25").build()))).isEqualTo("PENDING");
    }
  }

  @Test
  void row69_aWrongAnswerToALookUpIsNotKept() {
    grid.transaction(ORD1008, Fixtures.text("synthetic-transaction-usdt-memo.json"));
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(verifier.verify(usdt("ORD-1008", "25").build()).isVerified()).isFalse();
      grid.transaction(ORD1008, Fixtures.text("synthetic-transaction-usdt-memo-ord1008.json"));
      assertThat(word(verifier.verify(usdt("ORD-1008", "25").build()))).isEqualTo("VERIFIED");
    }
  }

  @Test
  void row69_aReceiptOfAnotherTransactionIsNotKept() {
    ObjectNode other = Fixtures.tree("synthetic-txinfo-two-transfers.json");
    grid.receipt(Fixtures.PAID_TWICE, other.put("id", Fixtures.PAID).toString());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(verifier.verify(usdt("ORD-1009", "25").build()).isVerified()).isFalse();
      grid.receipt(Fixtures.PAID_TWICE, Fixtures.text("synthetic-txinfo-two-transfers.json"));
      assertThat(word(verifier.verify(usdt("ORD-1009", "25").build()))).isEqualTo("VERIFIED");
    }
  }

  @Test
  void row69_theResultOfAnotherTransactionIsNotTheResultOfAListedOne() {
    ObjectNode row = (ObjectNode) Fixtures.tree("synthetic-account-transactions-trx.json").get("data").get(0);
    row.remove("ret");
    grid.transactions("{\"data\":[" + row + "],\"success\":true,\"meta\":{}}");
    grid.transaction(row.get("txID").textValue(), Fixtures.text("synthetic-transaction-usdt-memo.json"));
    PaymentRequest request = PaymentRequest.builder("ORD-3001", Fixtures.MERCHANT, trx("100")).build();
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(verifier.verify(request).isVerified()).isFalse();
    }
  }

  @Test
  void row69_theResultOfAnotherTransactionIsNotTheResultOfTheOneAskedForByHash() {
    ObjectNode fresh = Fixtures.tree("synthetic-transaction-usdt-memo.json");
    fresh.remove("ret");
    grid.transactionThen(
        Fixtures.PAID, fresh.toString(), Fixtures.text("synthetic-transaction-usdt-memo-ord1008.json"));
    grid.receipt(Fixtures.PAID, receiptOf(Fixtures.tree(LIST).get("data").get(0)).toString());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(verifier.verify(usdt("ORD-1001", "25").build(), Fixtures.PAID).isVerified()).isFalse();
    }
  }

  @Test
  void row09_aResultThatComesLaterIsWaitedForByHash() {
    ObjectNode fresh = Fixtures.tree("synthetic-transaction-usdt-memo.json");
    fresh.remove("ret");
    grid.transactionThen(Fixtures.PAID, fresh.toString(), Fixtures.text("synthetic-transaction-usdt-memo.json"));
    grid.receipt(Fixtures.PAID, receiptOf(Fixtures.tree(LIST).get("data").get(0)).toString());
    try (PaymentVerifier verifier = grid.verifier(Fixtures.NOW)) {
      assertThat(word(verifier.verify(usdt("ORD-1001", "25").build(), Fixtures.PAID))).isEqualTo("VERIFIED");
    }
  }

  /** Makes the receipt of a listed row of one transfer. */
  private static ObjectNode receiptOf(JsonNode listed) {
    ObjectNode receipt = Fixtures.tree("txinfo-usdt-transfer.ledger.json");
    receipt.put("id", listed.get("transaction_id").textValue());
    receipt.put("blockTimeStamp", listed.get("block_timestamp").longValue());
    ObjectNode log = (ObjectNode) receipt.get("log").get(0);
    log.put("address", ScriptedTransaction.hex(listed.get("token_info").get("address").textValue()).substring(2));
    log.putArray("topics")
        .add("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")
        .add("0".repeat(24) + ScriptedTransaction.hex(listed.get("from").textValue()).substring(2))
        .add("0".repeat(24) + ScriptedTransaction.hex(listed.get("to").textValue()).substring(2));
    log.put("data", String.format("%064x", new BigInteger(listed.get("value").textValue())));
    return receipt;
  }

  private static PaymentRequest.Builder usdt(String id, String amount) {
    return PaymentRequest.builder(id, Fixtures.MERCHANT, Amount.of(Asset.USDT_TRC20, new BigDecimal(amount)));
  }

  private static Amount trx(String amount) {
    return Amount.of(Asset.TRX, new BigDecimal(amount));
  }

  /** Gives the status, or the reason of a refusal. */
  private static String word(Verification verdict) {
    if (verdict instanceof Verification.Rejected rejected) {
      Reason reason = rejected.reason();
      return reason.name();
    }
    return verdict.getClass().getSimpleName().replace("NotFound", "NOT_FOUND").toUpperCase(Locale.ROOT);
  }
}
