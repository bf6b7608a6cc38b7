package io.x0tta6bl4.payment.tron.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.tron.Fixtures;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {

  private static final String ROW =
      """
      {"transaction_id":"%s","token_info":{"symbol":"USDT","address":"%s","decimals":6,"name":"Tether USD"},
      "block_timestamp":1767229140000,"from":"%s","to":"%s","type":"Transfer","value":"25000000"}"""
          .formatted(Fixtures.PAID, Fixtures.USDT, Fixtures.PAYER, Fixtures.MERCHANT);

  private static final String TRANSACTION =
      "{\"ret\":[{\"contractRet\":\"SUCCESS\"}],\"txID\":\"" + Fixtures.PAID
          + "\",\"raw_data_hex\":\"0a\",\"block_timestamp\":1767229140000}";

  @Test
  void readsTheRecordedTokenListing() throws IOException {
    Page<Trc20Row> page = trc20(Fixtures.text("account-trc20-list.blockatlas.json"));
    assertThat(page.rows()).hasSize(20);
    assertThat(page.unreadable()).isEmpty();
    assertThat(page.fingerprint()).isEqualTo("2tmLC90HQEnpnJ02w3n");
    assertThat(page.rows().get(0))
        .isEqualTo(
            new Trc20Row(
                "fb078403adfee637608c3906d9d21dd158611aba149b9993f43d0f292ce543a0",
                Fixtures.USDT,
                6,
                "Transfer",
                "TGg7zHY9qd36aN3jLVDDRuiFeJjaaAtx8A",
                BigInteger.valueOf(500_000_000),
                1_592_757_117_000L,
                true,
                null));
    // The same transfer twice, once confirmed: the reader tells both.
    List<Trc20Row> twice = page.rows().stream().filter(r -> r.txId().startsWith("c4052b526e5c")).toList();
    assertThat(twice).extracting(Trc20Row::unconfirmed).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void readsTheRecordedListingWithDetail() throws IOException {
    Page<Trc20Row> page = trc20(Fixtures.text("account-trc20-get-detail.ledger.json"));
    assertThat(page.rows()).hasSize(3).allSatisfy(row -> {
      assertThat(row.detail()).isNotNull();
      assertThat(row.detail().result()).isEqualTo("SUCCESS");
      row.detail().checkHash(row.txId());
      assertThat(row.detail().blockTime()).isEqualTo(row.blockTime());
    });
    assertThat(page.rows().get(2).decimals()).isEqualTo(18);
  }

  @Test
  void readsTheSyntheticListings() throws IOException {
    assertThat(trc20(Fixtures.text("synthetic-account-trc20-get-detail.json")).rows()).hasSize(14);
    Page<Trc20Row> first = trc20(Fixtures.text("synthetic-account-trc20-page1.json"));
    assertThat(first.fingerprint()).isEqualTo("synthFingerprint1");
    assertThat(first.rows()).hasSize(2).allSatisfy(row -> assertThat(row.detail()).isNull());
    Page<Trc20Row> second = trc20(Fixtures.text("synthetic-account-trc20-page2.json"));
    assertThat(second.fingerprint()).isNull();
    assertThat(second.rows()).hasSize(2);
  }

  @Test
  void readsTheRecordedSingleRow() throws IOException {
    Page<Trc20Row> page = trc20(page(Fixtures.text("account-trc20-single-record.json")));
    assertThat(page.rows()).singleElement().satisfies(row -> assertThat(row.value()).isEqualTo(BigInteger.ONE));
  }

  @Test
  void aRowOfTheEventsListingIsNoTokenRow() throws IOException {
    Page<Trc20Row> page = trc20(page(Fixtures.text("contract-events-single-record.json")));
    assertThat(page.rows()).isEmpty();
    assertThat(page.unreadable()).hasSize(1);
    page = trc20(Fixtures.text("synthetic-transaction-events-two-transfers.json"));
    assertThat(page.rows()).isEmpty();
    assertThat(page.unreadable()).hasSize(Fixtures.tree("synthetic-transaction-events-two-transfers.json").get("data").size());
  }

  @ParameterizedTest
  @CsvSource({
    "account-transactions-mixed.blockatlas.json, 25",
    "account-transactions-trc10.blockatlas.json, 21",
    "synthetic-account-transactions-trx.json, 4"
  })
  void readsTheTransactionListings(String file, int rows) throws IOException {
    Page<TronTransaction> page = transactions(Fixtures.text(file));
    assertThat(page.unreadable()).isEmpty();
    assertThat(page.rows()).hasSize(rows).allSatisfy(row -> {
      assertThat(row.result()).isEqualTo("SUCCESS");
      row.checkHash(String.valueOf(row.txId()));
    });
  }

  @Test
  void row64_readsAnEmptyPageThatHasAFingerprint() throws IOException {
    Page<TronTransaction> page = transactions(Fixtures.text("account-transactions-empty.blockatlas.json"));
    assertThat(page.rows()).isEmpty();
    assertThat(page.fingerprint()).startsWith("AYa6eBNpCs5E2Dnumi");
  }

  @Test
  void aFingerprintThatIsAbsentNullOrEmptyMeansTheLastPage() throws IOException {
    assertThat(trc20("{\"data\":[]}").fingerprint()).isNull();
    assertThat(trc20("{\"data\":[],\"meta\":{\"fingerprint\":\"\"}}").fingerprint()).isNull();
    assertThat(trc20("{\"data\":[],\"meta\":{\"links\":{\"next\":\"https://evil.example/\"}}}").fingerprint()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "-25000000",
        "\"-25000000\"",
        "25000000",
        "25000000.0",
        "\"25000000.0\"",
        "\"1e6\"",
        "\"0x17d7840\"",
        "\"025000000\"",
        "\"00\"",
        "\" 25000000\"",
        "\"25000000\\n\"",
        "\"+25000000\"",
        "\"\"",
        "\"\u0662\u0665\"",
        "\"115792089237316195423570985008687907853269984665640564039457584007913129639936\"",
        "\"9999999999999999999999999999999999999999999999999999999999999999999999999999999\"",
        "[\"25000000\"]",
        "{\"a\":\"25000000\"}",
        "true",
        "NaN_IS_NO_JSON"
      })
  void row59_aValueThatIsNoDecimalStringOfUnitsMakesTheRowUnreadable(String value) throws IOException {
    String body = page(ROW.replace("\"25000000\"", value) + "," + ROW);
    if (value.equals("NaN_IS_NO_JSON")) {
      assertThatThrownBy(() -> trc20(body)).isInstanceOf(JacksonException.class);
      return;
    }
    Page<Trc20Row> page = trc20(body);
    assertThat(page.rows()).hasSize(1);
    assertThat(page.unreadable()).singleElement().satisfies(p -> assertThat(p).startsWith("row 0: value "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "1", "25000000", "115792089237316195423570985008687907853269984665640564039457584007913129639935"})
  void row60_readsAnyValueBelowTwoToThe256(String value) throws IOException {
    Page<Trc20Row> page = trc20(page(ROW.replace("25000000", value)));
    assertThat(page.rows()).singleElement().satisfies(row -> assertThat(row.value()).isEqualTo(new BigInteger(value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767229140", "1767229140000000", "0", "-1767229140000", "1529884799999", "4102444800001", "\"1767229140000\"",
        "1767229140000.0", "1.76722914e12", "null", "9223372036854775808", "true", "[]", "{}"
      })
  void row41_aTimeThatIsNotInMillisecondsMakesTheRowUnreadable(String time) throws IOException {
    Page<Trc20Row> page = trc20(page(ROW.replace("1767229140000", time)));
    assertThat(page.rows()).isEmpty();
    assertThat(page.unreadable()).singleElement().satisfies(p -> assertThat(p).startsWith("row 0: block_timestamp "));
    Page<TronTransaction> transactions = transactions(page(TRANSACTION.replace("1767229140000", time)));
    assertThat(transactions.rows()).isEmpty();
    assertThat(transactions.unreadable()).singleElement().satisfies(p -> assertThat(p).contains("block_timestamp "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1529884800000", "4102444800000"})
  void row41_theBoundsOfPlausibleTimesAreTimes(String time) throws IOException {
    assertThat(trc20(page(ROW.replace("1767229140000", time))).rows()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transaction_id", "token_info", "block_timestamp", "to", "type", "value"})
  void row61_aMissingFieldMakesTheRowUnreadable(String field) throws IOException {
    var row = Fixtures.parse(ROW);
    row.remove(field);
    Page<Trc20Row> page = trc20(page(row + "," + ROW));
    assertThat(page.rows()).hasSize(1);
    assertThat(page.unreadable()).hasSize(1);
    for (String other : List.of("null", "7", "[]", "true")) {
      var mistyped = Fixtures.parse(ROW);
      mistyped.set(field, Fixtures.JSON.readTree(other));
      if (!(field.equals("block_timestamp") && other.equals("7"))) {
        assertThat(trc20(page(mistyped.toString())).unreadable()).singleElement().asString().contains(field);
      }
      assertThat(trc20(page(mistyped.toString())).rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"transaction_id\":\"2d4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c9\"|transaction_id",
        "\"to\":\"TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre\"|to",
        "\"value\":\"1\"|value",
        "\"type\":\"Approval\"|type",
        "\"block_timestamp\":1767229140000|block_timestamp",
        "\"_unconfirmed\":true,\"_unconfirmed\":false|_unconfirmed",
        "\"token_info\":{\"address\":\"TVfpTwe327sNY9BMcT88RHsu7XZFCqWymr\",\"decimals\":6}|token_info",
        "\"detail\":{},\"detail\":{}|detail"
      })
  void row61_aFieldThatStandsTwiceMakesTheRowUnreadable(String again, String field) throws IOException {
    Page<Trc20Row> page = trc20(page(ROW.substring(0, ROW.length() - 1) + "," + again + "}"));
    assertThat(page.rows()).isEmpty();
    assertThat(page.unreadable()).containsExactly("row 0: " + field + " stands twice");
  }

  @Test
  void row61_aFieldOfTheTokenThatStandsTwiceMakesTheRowUnreadable() throws IOException {
    for (String again : List.of("\"address\":\"" + Fixtures.FAKE_USDT + "\"", "\"decimals\":6")) {
      Page<Trc20Row> page = trc20(page(ROW.replace("\"symbol\":\"USDT\"", again)));
      assertThat(page.rows()).isEmpty();
      assertThat(page.unreadable()).singleElement().asString().endsWith("stands twice");
    }
  }

  @Test
  void row12_decimalsMayBeAbsentButNotOfAnotherType() throws IOException {
    assertThat(trc20(page(ROW.replace("\"decimals\":6,", ""))).rows())
        .singleElement()
        .satisfies(row -> assertThat(row.decimals()).isEqualTo(-1));
    for (String decimals : List.of("\"6\"", "6.0", "null", "1e2", "99999999999999999999")) {
      assertThat(trc20(page(ROW.replace("\"decimals\":6", "\"decimals\":" + decimals))).rows()).isEmpty();
    }
    assertThat(trc20(page(ROW.replace("\"address\":\"" + Fixtures.USDT + "\",", ""))).rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2D4955434318F23FF7DE643577975B97C12D51B51409182A1429868E39F3F4C9",
        "0x4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4c9",
        "2d4955434318f23ff7de643577975b97c12d51b51409182a1429868e39f3f4",
        "../../../../../../../../../../../../../../../../../../etc/passwd",
        ""
      })
  void row61_anIdThatIsNoHashMakesTheRowUnreadable(String id) throws IOException {
    assertThat(trc20(page(ROW.replace(Fixtures.PAID, id))).unreadable()).containsExactly("row 0: transaction_id is no hash");
    assertThat(transactions(page(TRANSACTION.replace(Fixtures.PAID, id))).unreadable())
        .containsExactly("row 0: txID is no hash");
  }

  @Test
  void row61_aRowThatIsNoObjectIsUnreadable() throws IOException {
    Page<Trc20Row> page = trc20("{\"data\":[null,1,\"row\",[[{}]],{}," + ROW + "]}");
    assertThat(page.rows()).hasSize(1);
    assertThat(page.unreadable()).hasSize(5);
    assertThat(transactions("{\"data\":[null,1,\"row\",[[{}]],{}," + TRANSACTION + "]}").rows()).hasSize(1);
  }

  @Test
  void row61_unknownFieldsAreLeftOut() throws IOException {
    String more = "\"extra\":{\"value\":\"1\",\"list\":[1,{\"to\":2}]},\"approved\":null,";
    assertThat(trc20(page("{" + more + ROW.substring(1))).rows()).hasSize(1);
  }

  @Test
  void row09_aDetailThatIsNullOrLacksItsResultIsNoProblem() throws IOException {
    assertThat(trc20(page(withDetail("null"))).rows()).singleElement().satisfies(row -> assertThat(row.detail()).isNull());
    for (String detail : List.of("{}", "{\"ret\":null}", "{\"ret\":[]}", "{\"ret\":[{}]}", "{\"ret\":[{\"fee\":1}]}")) {
      assertThat(trc20(page(withDetail(detail))).rows()).singleElement().satisfies(row -> {
        assertThat(row.detail()).isNotNull();
        assertThat(row.detail().result()).isNull();
        assertThat(row.detail().raw()).isNull();
      });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "[]",
        "\"\"",
        "{\"ret\":{}}",
        "{\"ret\":\"SUCCESS\"}",
        "{\"ret\":[null]}",
        "{\"ret\":[\"SUCCESS\"]}",
        "{\"ret\":[{\"contractRet\":null}]}",
        "{\"ret\":[{\"contractRet\":true}]}",
        "{\"ret\":[{\"contractRet\":\"REVERT\",\"contractRet\":\"SUCCESS\"}]}",
        "{\"ret\":[{\"contractRet\":\"REVERT\"},{\"contractRet\":\"SUCCESS\"}]}",
        "{\"ret\":[{\"contractRet\":\"SUCCESS\"}],\"ret\":[{\"contractRet\":\"SUCCESS\"}]}",
        "{\"ret\":null,\"ret\":[{\"contractRet\":\"SUCCESS\"}]}",
        "{\"raw_data_hex\":7}",
        "{\"raw_data_hex\":null}",
        "{\"raw_data_hex\":\"0\"}",
        "{\"raw_data_hex\":\"zz\"}",
        "{\"raw_data_hex\":\"\u0660\u0661\"}",
        "{\"raw_data_hex\":\"00\",\"raw_data_hex\":\"00\"}",
        "{\"txID\":7}",
        "{\"txID\":\"a\",\"txID\":\"a\"}",
        "{\"block_timestamp\":\"now\"}",
        "{\"block_timestamp\":1,\"block_timestamp\":1}"
      })
  void row61_aDetailThatCannotBeReadIsLeftAlone(String detail) throws IOException {
    Page<Trc20Row> page = trc20(page(withDetail(detail)));
    assertThat(page.rows()).singleElement().satisfies(row -> assertThat(row.detail()).isNull());
    assertThat(page.unreadable()).isEmpty();
    if (detail.startsWith("{")) {
      String row = detail.replace("{\"", "{\"txID\":\"" + Fixtures.PAID + "\",\"block_timestamp\":1767229140000,\"");
      if (detail.contains("contractRet")) {
        row = detail.substring(0, detail.length() - 1) + ",\"txID\":\"" + Fixtures.PAID + "\",\"block_timestamp\":1767229140000}";
      }
      assertThat(transactions(page(row)).rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "7",
        "\"\"",
        "{}",
        "{\"success\":true}",
        "{\"data\":null}",
        "{\"data\":{}}",
        "{\"data\":\"\"}",
        "{\"data\":[],\"data\":[]}",
        "{\"data\":[],\"success\":false}",
        "{\"data\":[],\"success\":\"true\"}",
        "{\"data\":[],\"success\":null}",
        "{\"data\":[],\"meta\":null}",
        "{\"data\":[],\"meta\":[]}",
        "{\"data\":[],\"meta\":{},\"meta\":{}}",
        "{\"data\":[],\"meta\":{\"fingerprint\":7}}",
        "{\"data\":[],\"meta\":{\"fingerprint\":\"a\",\"fingerprint\":\"b\"}}",
        "{\"data\":[]} {}"
      })
  void row61_aPageThatIsNoneIsMalformed(String body) {
    assertThatThrownBy(() -> trc20(body)).isInstanceOf(MalformedReplyException.class);
    assertThatThrownBy(() -> transactions(body)).isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"data\":[", "{\"data\":[{\"value\":\"1", "<html>", "{\"data\":[]"})
  void row63_aBodyThatIsNoJsonOrCutIsAnError(String body) {
    assertThatThrownBy(() -> trc20(body))
        .satisfies(e -> assertThat(e).isInstanceOfAny(MalformedReplyException.class, IOException.class));
  }

  @Test
  void row61_deepNestingIsAnErrorAndNoStackOverflow() {
    for (String body : List.of("[".repeat(100_000), "{\"data\":" + "[".repeat(100_000), "{\"a\":".repeat(100_000))) {
      assertThatThrownBy(() -> trc20(body))
          .satisfies(e -> assertThat(e).isInstanceOfAny(MalformedReplyException.class, IOException.class));
    }
    assertThatThrownBy(() -> trc20(page("{\"extra\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anEscapedStringCountsAsTheTextThatItStandsFor() throws IOException {
    assertThat(trc20(page(ROW.replace("Transfer", "\\u0054ransfer"))).rows())
        .singleElement()
        .satisfies(row -> assertThat(row.type()).isEqualTo("Transfer"));
  }

  private static String withDetail(String detail) {
    return ROW.substring(0, ROW.length() - 1) + ",\"detail\":" + detail + "}";
  }

  private static String page(String rows) {
    return "{\"data\":[" + rows + "],\"success\":true,\"meta\":{\"at\":1767229200000,\"page_size\":1}}";
  }

  private static Page<Trc20Row> trc20(String body) throws IOException {
    return new PageReader<>(RowReaders.trc20(Fixtures.MERCHANT, Fixtures.USDT)).read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Page<TronTransaction> transactions(String body) throws IOException {
    return new PageReader<>(RowReaders::transaction).read(body.getBytes(StandardCharsets.UTF_8));
  }
}
