package io.x0tta6bl4.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {

  private static RecordedTronGrid grid;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    grid = new RecordedTronGrid();
  }

  @AfterAll
  static void stop() {
    grid.close();
  }

  @BeforeEach
  void forgetRequests() {
    grid.asked();
  }

  @Test
  void printsOneObjectWithAllKeysOnOneLine() throws IOException {
    int code = verify("--order", "ORD-1001");
    assertThat(code).isEqualTo(ExitCodes.VERIFIED);
    assertThat(out.toString().lines()).hasSize(1);
    JsonNode json = json();
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "status", "reason", "verified", "network", "asset", "order_id", "transaction_hash", "transaction_hashes",
            "amount", "excess", "surplus", "memo", "timestamp", "error");
    assertThat(json.get("status").textValue()).isEqualTo("VERIFIED");
    assertThat(json.get("verified").booleanValue()).isTrue();
    assertThat(json.get("reason").isNull()).isTrue();
    assertThat(json.get("amount").textValue()).isEqualTo("25");
    assertThat(json.get("timestamp").longValue()).isEqualTo(1767229140000L);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ORD-1002, 0,    REJECTED, UNDERPAID",
        "ORD-1010, 0.01, REJECTED, OVERPAID",
        "ORD-1005, 0,    VERIFIED, -",
        "ORD-1006, 0,    REJECTED, MEMO_UNREADABLE",
        "ORD-1009, 0,    VERIFIED, -",
      })
  void tellsTheVerdictOfAScan(String order, String tolerance, String status, String reason) throws IOException {
    int code = verify("--order", order, "--tolerance", tolerance);
    assertThat(json().get("status").textValue()).isEqualTo(status);
    assertThat(json().get("reason").textValue()).isEqualTo(reason);
    assertThat(code).isEqualTo(status.equals("VERIFIED") ? 0 : 1);
  }

  @Test
  void tellsTheExcessOfAnAcceptedOverpayment() throws IOException {
    assertThat(verify("--order", "ORD-1010", "--accept-overpayment")).isZero();
    assertThat(json().get("excess").textValue()).isEqualTo("1");
  }

  @Test
  void verifiesTrx() throws IOException {
    List<String> arguments = List.of("--network", "tron", "--asset", "TRX", "--wallet", RecordedTronGrid.MERCHANT,
        "--amount", "100", "--order", "ORD-3001", "--now", RecordedTronGrid.NOW);
    assertThat(run(arguments)).isZero();
    assertThat(json().get("asset").textValue()).isEqualTo("TRX");
  }

  @Test
  void tellsAProviderThatDoesNotAnswerByItsExitCode() throws IOException {
    int code = verify("--order", "ORD-1001", "--base-url", "http://localhost:1", "--timeout", "PT0.5S");
    assertThat(code).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(json().get("status").textValue()).isEqualTo("UNAVAILABLE");
    assertThat(json().get("error").textValue()).startsWith("tron: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--wallet    | TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJd | a Tron address",
        "--wallet    | ../../wallet/getnowblock?          | a Tron address",
        "--wallet    | ' '                                | an address",
        "--amount    | -1                                 | a decimal number",
        "--amount    | 0                                  | more than 0",
        "--amount    | 1e3                                | a decimal number",
        "--amount    | 0.0000001                          | at most 6 decimals",
        "--amount    | NaN                                | a decimal number",
        "--amount    | ''                                 | a decimal number",
        "--order     | ab                                 | 3 to 64 characters",
        "--order     | ORD 1001                           | 3 to 64 characters",
        "--order     | ../../x                            | 3 to 64 characters",
        "--tolerance | 1                                  | less than 1",
        "--tolerance | -0.1                               | a decimal number",
        "--tolerance | NaN                                | a decimal number",
        "--asset     | USDC                               | USDT, TRX or the address",
        "--asset     | TVfpTwe327sNY9BMcT88RHsu7XZFCqWymr | its decimals",
        "--decimals  | 6                                  | none",
        "--decimals  | x                                  | 0 to 77",
        "--match     | token                              | memo, amount or address",
        "--match     | amount                             | none, since a unique amount",
        "--max-age   | 24h                                | an ISO-8601 duration",
        "--max-age   | PT0S                               | above PT0S",
        "--now       | +292278994-08-17T07:12:55Z         | from 2018 to 2099",
        "--max-age   | P400D                              | at most PT8784H",
        "--base-url  | http://localhost:99999             | https://",
        "--tx        | @/etc/hostname                     | 64 characters of hex",
        "--tx        | abc                                | 64 characters of hex",
        "--tx        | ../../wallet/getnowblock           | 64 characters of hex",
        "--base-url  | http://example.com                 | https://",
        "--base-url  | ftp://localhost                    | https://",
        "--base-url  | 'not a url'                        | a URL",
        "--testnet   | rinkeby                            | nile or shasta",
        "--network   | bitcoin                            | one of",
        "--now       | yesterday                          | an ISO-8601 instant",
        "--timeout   | PT0S                               | above PT0S",
      })
  void refusesBadInputBeforeAnyRequest(String option, String value, String expected) throws IOException {
    int code = verify("--order", "ORD-1001", "--tolerance", "0", option, value);
    assertThat(code).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
    assertThat(err.toString()).contains("expected").contains(expected);
    if (!value.isBlank()) {
      assertThat(err.toString()).contains(value);
    }
    assertThat(grid.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"verify", "verify --network tron", "verify --unknown", "nothing", "''"})
  void refusesBadUsageWithOneLine(String line) {
    int code = Main.run(line.isEmpty() ? new String[0] : line.split(" "), Map.of(), new PrintWriter(out), new PrintWriter(err, true));
    assertThat(code).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void decimalsThatContradictAPinnedTokenAreRefused() {
    int code = verify("--order", "ORD-1001", "--asset", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "--decimals", "0");
    assertThat(code).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString()).contains("decimals 0: expected 6");
  }

  @Test
  void aVerdictThatCannotBeWrittenIsNoSuccess() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    int code = Main.run(arguments("--order", "ORD-1001"), Map.of(), new PrintWriter(full), new PrintWriter(err, true));
    assertThat(code).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(err.toString()).contains("could not be written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--wallet  | TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD               | a TON address",
        "--wallet  | kQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbGja | not for test networks",
        "--wallet  | UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6U | a right checksum",
        "--asset   | TRX                                              | USDT, TON or the address",
        "--testnet | nile                                             | testnet",
        "--tx      | abc                                              | 64 characters of hex",
      })
  void refusesBadInputForTonAlike(String option, String value, String expected) {
    String[] arguments =
        arguments("--network", "ton", "--asset", "TON", "--wallet", "UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6T",
            "--order", "ORD-1001", option, value);
    int code = Main.run(arguments, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    assertThat(code).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString()).contains(value).contains(expected);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(grid.asked()).isEmpty();
  }

  @Test
  void asksTonApiForTon() throws IOException {
    String[] arguments =
        arguments("--network", "ton", "--asset", "TON", "--wallet", "UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6T",
            "--order", "ORD-1001", "--timeout", "PT2S");
    int code = Main.run(arguments, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
    assertThat(code).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(json().get("network").textValue()).isEqualTo("ton");
    assertThat(grid.asked()).containsExactly("/v2/blockchain/masterchain-head");
  }

  @Test
  void plainHttpNeedsLeave() {
    List<String> arguments = List.of("verify", "--network", "tron", "--asset", "USDT", "--wallet", RecordedTronGrid.MERCHANT,
        "--amount", "25", "--order", "ORD-1001", "--base-url", grid.url().toString());
    int code = Main.run(arguments.toArray(String[]::new), Map.of(), new PrintWriter(out), new PrintWriter(err, true));
    assertThat(code).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(grid.asked()).isEmpty();
  }

  @Test
  void neverShowsTheKey() throws IOException {
    int code =
        Main.run(
            arguments("--order", "ORD-1001", "--base-url", "http://localhost:1", "--timeout", "PT0.5S"),
            Map.of("TRONGRID_API_KEY", "s3cret-key-of-the-shop"),
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    assertThat(code).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(out.toString() + err).doesNotContain("s3cret");
  }

  private int verify(String... options) {
    return Main.run(arguments(options), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int run(List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(options);
    arguments.addAll(List.of("--base-url", grid.url().toString(), "--allow-http"));
    return Main.run(arguments.toArray(String[]::new), Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private static String[] arguments(String... options) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("--network", "tron");
    values.put("--asset", "USDT");
    values.put("--wallet", RecordedTronGrid.MERCHANT);
    values.put("--amount", "25");
    values.put("--now", RecordedTronGrid.NOW);
    values.put("--base-url", grid.url().toString());
    List<String> flags = new ArrayList<>(List.of("--allow-http"));
    for (int i = 0; i < options.length; i++) {
      if (i + 1 < options.length && !options[i + 1].startsWith("--")) {
        values.put(options[i], options[++i]);
      } else {
        flags.add(options[i]);
      }
    }
    List<String> arguments = new ArrayList<>(List.of("verify"));
    values.forEach((option, value) -> arguments.addAll(List.of(option, value)));
    arguments.addAll(flags);
    return arguments.toArray(String[]::new);
  }

  private JsonNode json() throws IOException {
    return new JsonMapper().readTree(out.toString());
  }
}
