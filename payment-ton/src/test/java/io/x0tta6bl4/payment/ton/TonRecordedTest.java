package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.ton.internal.TonAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdicts on the recorded and the synthetic answers. */
class TonRecordedTest {

  private static final String SUBBOTIN = "0:cdce58745d265d6f9fd0ae5c79423c991d500eef8bf9a0c79556bb45ff956dd6";
  private static final Instant SUBBOTINS_NOW = Instant.ofEpochSecond(1_734_515_600);
  private static final Instant NOW_OF_BLOCK_2 = Instant.ofEpochSecond(1_703_503_100);

  private static Amount ton(String value) {
    return Amount.of(Asset.TON, new BigDecimal(value));
  }

  private static Amount usdt(String value) {
    return Amount.of(Asset.USDT_JETTON, new BigDecimal(value));
  }

  private static PaymentRequest order(String id, Amount amount) {
    return PaymentRequest.builder(id, Fixtures.MERCHANT, amount).tolerance(BigDecimal.ZERO).build();
  }

  /** Gives the reason, or the kind of the verdict where it has none. */
  private static String told(Verification verdict) {
    return verdict instanceof Verification.Rejected rejected
        ? rejected.reason().name()
        : verdict.getClass().getSimpleName();
  }

  @ParameterizedTest
  @CsvSource({
    // Where no payment has the memo, the one of 5 TON without a text is told.
    "ORD-1014, 5, FUTURE_TIMESTAMP",
    "ORD-1001, 5, Verified",
    "ORD-1005, 5, MEMO_MISSING",
    "ORD-1007, 5, Verified",
    "ORD-1009, 5, CREDITED_BUT_FAILED",
    "ORD-1010, 5, Verified",
    "ORD-1011, 5, MEMO_MISSING",
    "ORD-1012, 5, MEMO_MISSING",
    "ORD-1015, 5, SELF_TRANSFER",
    "ORD-1016, 5, OVERPAID",
    "ORD-1016, 9223372036.854775807, Verified",
    "ORD-1013, 5, MEMO_MISSING",
    "ORD-1001, 4, OVERPAID",
    "ORD-1001, 5.000000001, UNDERPAID",
    "ORD-9999, 7, NotFound",
    "ORD-1002, 0.05, NotFound",
    "ORD-1003, 0.000000001, NotFound"
  })
  void theScanOfTonGivesTheVerdictOfEachMemo(String memo, String amount, String expected) {
    try (PaymentVerifier verifier = Answers.synthetic().verifier(Fixtures.NOW)) {
      assertThat(told(verifier.verify(order(memo, ton(amount))))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Where no payment has the memo, the notification of 25 USDT without a text is told.
    "ORD-1002, 25, Verified",
    "ORD-1003, 25, MEMO_MISSING",
    "ORD-1004, 25, MEMO_MISSING",
    "ORD-1021, 25, MEMO_MISSING",
    "ORD-1022, 25, UNDERPAID",
    "ORD-1023, 25, MEMO_MISSING",
    "ORD-1001, 5, NotFound",
    "ORD-1003, 20, NotFound"
  })
  void theScanOfUsdtGivesTheVerdictOfEachMemo(String memo, String amount, String expected) {
    try (PaymentVerifier verifier = Answers.synthetic().verifier(Fixtures.NOW)) {
      assertThat(told(verifier.verify(order(memo, usdt(amount))))).isEqualTo(expected);
    }
  }

  @Test
  void theNotificationAndItsRowOfTheHistoryAreOneTransfer() {
    try (PaymentVerifier verifier = Answers.synthetic().verifier(Fixtures.NOW)) {
      Verification.Verified verified = verifier.verify(order("ORD-1002", usdt("25"))).verified().orElseThrow();
      assertThat(verified.transfers()).singleElement().satisfies(transfer -> {
        assertThat(transfer.id().transactionHash()).isEqualTo(Fixtures.NOTICE);
        assertThat(transfer.from()).isEqualTo(Fixtures.PAYER);
        assertThat(transfer.memo()).isEqualTo(Memo.ofText("ORD-1002"));
        assertThat(transfer.blockTime()).isEqualTo(Instant.ofEpochSecond(1_767_229_080));
      });
      assertThat(verified.surplus()).isEmpty();
      assertThat(verified.notes()).isEmpty();
    }
  }

  @Test
  void everythingThatCameAtTheAddressIsListedOnce() {
    try (PaymentVerifier verifier = Answers.synthetic().verifier(Fixtures.NOW)) {
      PaymentRequest all =
          PaymentRequest.builder("ORD-9999", Fixtures.MERCHANT, usdt("1")).matchMode(MatchMode.ADDRESS).acceptOverpayment(true).build();
      Verification.Verified verified = verifier.verify(all).verified().orElseThrow();
      // Three notifications, and two rows of the history to which none belongs.
      assertThat(verified.transfers().size() + verified.surplus().size()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9e44ee8e, ORD-1014, FUTURE_TIMESTAMP",
    "333a0d76, ORD-1001, Verified",
    "d132f197, ORD-1005, BOUNCED",
    "65c5f689, ORD-1006, NOT_A_PAYMENT",
    "df14614d, ORD-1006, MEMO_UNREADABLE",
    "688c1b68, ORD-1007, Verified",
    "6824954a, ORD-1008, MEMO_MISSING",
    "843f7f73, ORD-1009, CREDITED_BUT_FAILED",
    "9a5d0be4, ORD-1010, Verified",
    "89ed7ba4, ORD-1011, NOT_A_PAYMENT",
    "4f0c8c3c, ORD-1012, MEMO_MISMATCH",
    "844df702, ORD-1015, SELF_TRANSFER",
    "df01a24d, ORD-1016, OVERPAID",
    "3476021f, ORD-1013, TOO_OLD",
    "90a90c2e, ORD-1002, NOT_A_PAYMENT",
    "39320a88, ORD-1003, NOT_A_PAYMENT"
  })
  void theHashOfEachSyntheticTransactionGivesItsVerdictForTon(String prefix, String memo, String expected) {
    assertByHash(prefix, order(memo, ton("5")), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "90a90c2e, ORD-1002, Verified",
    "39320a88, ORD-1003, NOT_A_PAYMENT",
    "fb4e3b17, ORD-1004, NOT_A_PAYMENT",
    "3019bc1a, ORD-1006, MEMO_MISSING",
    "e49a66b6, ORD-1008, MEMO_MISSING",
    "333a0d76, ORD-1001, WRONG_TOKEN"
  })
  void theHashOfEachSyntheticTransactionGivesItsVerdictForUsdt(String prefix, String memo, String expected) {
    assertByHash(prefix, order(memo, usdt("25")), expected);
  }

  private static void assertByHash(String prefix, PaymentRequest request, String expected) {
    ObjectNode transaction = Fixtures.synthetic(prefix);
    String hash = transaction.get("hash").textValue();
    Answers answers = Answers.synthetic().put(Answers.byHash(hash), transaction.toString());
    try (PaymentVerifier verifier = answers.verifier(Fixtures.NOW)) {
      assertThat(told(verifier.verify(request, hash))).isEqualTo(expected);
    }
  }

  @Test
  void theSingleTransactionOfTheFixturesIsTheSameAsInTheListing() {
    ObjectNode single = Fixtures.tree("synthetic-transaction-by-hash.json");
    assertThat(single).isEqualTo(Fixtures.synthetic("90a90c2e"));
    Answers answers = Answers.synthetic().put(Answers.byHash(Fixtures.NOTICE), single.toString());
    try (PaymentVerifier verifier = answers.verifier(Fixtures.NOW)) {
      PaymentRequest request = order("ORD-1002", usdt("25"));
      assertThat(verifier.verify(request, Fixtures.NOTICE)).isEqualTo(verifier.verify(request));
    }
  }

  @Test
  void theRecordedPaymentsOfAWalletAreRead() {
    Answers answers =
        Answers.at(SUBBOTINS_NOW).put(Answers.feed(SUBBOTIN), Fixtures.text("account-transactions-subbotin.json"));
    try (PaymentVerifier verifier = answers.verifier(SUBBOTINS_NOW)) {
      Verification.Verified paid =
          verifier.verify(PaymentRequest.builder("ORD-1", SUBBOTIN, ton("0.001")).matchMode(MatchMode.AMOUNT).build())
              .verified()
              .orElseThrow();
      Transfer transfer = paid.completedBy();
      assertThat(transfer.memo()).isEqualTo(Memo.ofText("не спам"));
      assertThat(transfer.from()).isEqualTo("0:9d03589249cbbcbef09c3b1d96be472222d16c04f6f90aa1e36097c8fd209d3d");
      PaymentRequest small = PaymentRequest.builder("ORD-1", SUBBOTIN, ton("0.0001")).matchMode(MatchMode.AMOUNT).acceptCreditedButFailed(true).build();
      assertThat(told(verifier.verify(small))).isEqualTo("Verified");
    }
  }

  @Test
  void row53_aRecordedTransactionThatFailedThoughTheMoneyCameIsCreditedButFailedByHash() {
    ObjectNode failed = Fixtures.transactions("account-transactions-subbotin.json").get(0);
    String hash = failed.get("hash").textValue();
    Answers answers = Answers.at(SUBBOTINS_NOW).put(Answers.byHash(hash), failed.toString());
    try (PaymentVerifier verifier = answers.verifier(SUBBOTINS_NOW)) {
      PaymentRequest request = PaymentRequest.builder("ORD-1", SUBBOTIN, ton("0.0001")).matchMode(MatchMode.AMOUNT).build();
      assertThat(told(verifier.verify(request, hash))).isEqualTo("CREDITED_BUT_FAILED");
    }
  }

  @Test
  void row53_theRecordedEventsSayOkOfWhatFailed() {
    JsonNode events = Fixtures.tree("account-events-subbotin.json").get("events");
    assertThat(events).isNotEmpty().allSatisfy(event -> assertThat(event.get("actions").get(0).get("status").textValue()).isEqualTo("ok"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"block-txs-2.opentonapi.json", "block-txs-3.opentonapi.json"})
  void everyRecordedTransactionOfABlockHasAVerdictByHash(String file) {
    for (ObjectNode transaction : Fixtures.transactions(file)) {
      Instant now = Instant.ofEpochSecond(transaction.get("utime").longValue() + 60);
      String hash = transaction.get("hash").textValue();
      String account = transaction.get("account").get("address").textValue();
      Answers answers = Answers.at(now).put(Answers.byHash(hash), transaction.toString());
      try (PaymentVerifier verifier = answers.verifier(now)) {
        PaymentRequest request = PaymentRequest.builder("ORD-1", account, ton("5.44")).build();
        Verification verdict = verifier.verify(request, hash);
        assertThat(verdict).as(hash).isInstanceOf(Verification.Rejected.class);
      }
    }
  }

  @Test
  void aRecordedPaymentWithAnOrderInALongerTextIsAMismatchAndCountsByAmount() {
    ObjectNode paid = recorded("1bb443f1");
    String hash = paid.get("hash").textValue();
    String account = paid.get("account").get("address").textValue();
    Answers answers = Answers.at(NOW_OF_BLOCK_2).put(Answers.byHash(hash), paid.toString());
    try (PaymentVerifier verifier = answers.verifier(NOW_OF_BLOCK_2)) {
      PaymentRequest byMemo = PaymentRequest.builder("hR2ayqqP", account, ton("5.44")).build();
      assertThat(told(verifier.verify(byMemo, hash))).isEqualTo("MEMO_MISMATCH");
      PaymentRequest byAmount = PaymentRequest.builder("ORD-1", account, ton("5.44")).matchMode(MatchMode.AMOUNT).build();
      assertThat(told(verifier.verify(byAmount, hash))).isEqualTo("Verified");
    }
  }

  @Test
  void row45_theRecordedPaymentToAnAccountWithoutCodeIsItsCredit() {
    ObjectNode paid = recorded("0916cd81");
    assertThat(paid.get("in_msg").get("value").longValue()).isZero();
    String hash = paid.get("hash").textValue();
    String account = paid.get("account").get("address").textValue();
    Answers answers = Answers.at(NOW_OF_BLOCK_2).put(Answers.byHash(hash), paid.toString());
    try (PaymentVerifier verifier = answers.verifier(NOW_OF_BLOCK_2)) {
      PaymentRequest request = PaymentRequest.builder("ORD-1", account, ton("0.003")).matchMode(MatchMode.AMOUNT).build();
      assertThat(told(verifier.verify(request, hash))).isEqualTo("Verified");
    }
  }

  @Test
  void row75_theRecordedTransactionOfASenderLeadsToTheRecipientOrWaitsForIt() {
    ObjectNode sent = Fixtures.tree("transaction-outgoing-comment.gem.json");
    Instant now = Instant.ofEpochSecond(sent.get("utime").longValue() + 60);
    String hash = sent.get("hash").textValue();
    JsonNode message = sent.get("out_msgs").get(0);
    String recipient = message.get("destination").get("address").textValue();
    String sender = sent.get("account").get("address").textValue();
    Answers answers = Answers.at(now).put(Answers.byHash(hash), sent.toString());
    PaymentRequest request = PaymentRequest.builder("hello-123", recipient, ton("1")).build();
    try (PaymentVerifier verifier = answers.verifier(now)) {
      assertThat(told(verifier.verify(request, hash))).isEqualTo("Pending");
      assertThat(told(verifier.verify(PaymentRequest.builder("hello-123", sender, ton("1")).build(), hash))).isEqualTo("NOT_A_PAYMENT");
      assertThat(told(verifier.verify(PaymentRequest.builder("hello-123", Fixtures.MERCHANT, ton("1")).build(), hash)))
          .isEqualTo("WRONG_RECIPIENT");
      ObjectNode received = Fixtures.synthetic("333a0d76");
      received.put("utime", now.getEpochSecond() - 30);
      ((ObjectNode) received.get("account")).put("address", recipient);
      ((ObjectNode) received.get("credit_phase")).put("credit", 1_000_000_000);
      ((ObjectNode) received.get("in_msg")).setAll((ObjectNode) message);
      answers.put("/v2/blockchain/messages/" + message.get("hash").textValue() + "/transaction", received.toString());
      Verification.Verified verified = verifier.verify(request, hash).verified().orElseThrow();
      assertThat(verified.completedBy().id().transactionHash()).isEqualTo(received.get("hash").textValue());
      assertThat(verified.completedBy().from()).isEqualTo(sender);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "account-events-subbotin.json", "account-events-ton-comment.json", "synthetic-account-events.json",
    "account-jettons.opentonapi.json", "action-jetton-transfer-usdt-comment.json", "synthetic-account-jetton-balance.json",
    "block-masterchain.opentonapi.json", "synthetic-jetton-history.json"
  })
  void row53_row62_anotherAnswerInThePlaceOfTheTransactionsIsNoAnswer(String file) {
    Answers answers = Answers.synthetic().put(Answers.feed(Fixtures.MERCHANT), Fixtures.text(file));
    try (PaymentVerifier verifier = answers.verifier(Fixtures.NOW)) {
      assertThat(told(verifier.verify(order("ORD-1001", ton("5"))))).isEqualTo("Unavailable");
    }
  }

  @Test
  void theRecordedHeadOfTheMasterchainIsReadAndStale() {
    Answers answers = Answers.synthetic().put(Answers.HEAD, Fixtures.text("block-masterchain.opentonapi.json"));
    try (PaymentVerifier verifier = answers.verifier(Fixtures.NOW)) {
      assertThat(told(verifier.verify(order("ORD-9999", ton("7"))))).isEqualTo("Unavailable");
      // What came after that head is not final by its word.
      assertThat(verifier.verify(order("ORD-1001", ton("5"))).isVerified()).isFalse();
    }
  }

  @Test
  void theRecordedWalletsOfAnOwnerAreAddresses() {
    for (String file : List.of("account-jettons.opentonapi.json", "synthetic-account-jetton-balance.json")) {
      ObjectNode tree = Fixtures.tree(file);
      for (JsonNode balance : tree.has("balances") ? tree.get("balances") : List.of(tree)) {
        String wallet = balance.get("wallet_address").get("address").textValue();
        assertThat(TonAddress.parse(wallet, false).toRaw()).isEqualTo(wallet);
      }
    }
    JsonNode action = Fixtures.tree("action-jetton-transfer-usdt-comment.json");
    assertThat(action.toString()).contains(Fixtures.USDT);
  }

  @ParameterizedTest
  @CsvSource({
    "404, error-404-entity-not-found.json", "429, error-429-free-tier.json", "400, synthetic-error-400-decode.json",
    "500, error-404-entity-not-found.json", "200, error-404-entity-not-found.json", "200, synthetic-error-400-decode.json",
    "200, error-429-free-tier.json"
  })
  void row62_row72_everyRecordedErrorIsUnavailable(int status, String file) {
    Answers answers = Answers.synthetic();
    answers.bodies().replaceAll((path, body) -> Fixtures.bytes(file));
    answers.put(Answers.byHash(Fixtures.NOTICE), Fixtures.text(file)).status(status);
    try (PaymentVerifier verifier = answers.verifier(Fixtures.NOW)) {
      assertThat(told(verifier.verify(order("ORD-1001", ton("5"))))).isEqualTo("Unavailable");
      assertThat(told(verifier.verify(order("ORD-1002", usdt("25")), Fixtures.NOTICE))).isEqualTo("Unavailable");
    }
  }

  @Test
  void row54_aScamFlagIsNoVerdict() {
    ObjectNode listing = Fixtures.tree("synthetic-account-transactions.json");
    for (JsonNode row : listing.get("transactions")) {
      if (row.get("in_msg").has("source")) {
        ((ObjectNode) row.get("in_msg").get("source")).put("is_scam", true);
      }
    }
    Answers answers = Answers.synthetic().put(Answers.feed(Fixtures.MERCHANT), listing.toString());
    try (PaymentVerifier verifier = answers.verifier(Fixtures.NOW)) {
      assertThat(told(verifier.verify(order("ORD-1001", ton("5"))))).isEqualTo("Verified");
    }
  }

  private static ObjectNode recorded(String prefix) {
    return Fixtures.transactions("block-txs-2.opentonapi.json").stream()
        .filter(t -> t.get("hash").textValue().startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }
}
