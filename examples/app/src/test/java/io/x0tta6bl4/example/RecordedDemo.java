package io.x0tta6bl4.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Verifies payments against recorded responses by the real command line, and tells what was asked and what was concluded.
 * Ends with 0 only if each verdict is the right one.
 */
public final class RecordedDemo {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** A real transfer of 2025-02-03, its transaction and its receipt as TronGrid answered. */
  private static final String REAL_TRANSFER = "0130dfde9281a48378109039ef512229d5359fbee2a8adbb17ad73aebc67ea99";

  private static final String FAKE_TOKEN = "5755c2eb4e1b";
  private static final String REVERTED = "db19185f660f50f2933b5ab8354ab2397a7f05eca4a136ebd4531b899edc4ac2";

  private final RecordedTronGrid grid;
  private final PrintWriter out;
  private int wrong;

  private RecordedDemo(RecordedTronGrid grid, PrintWriter out) {
    this.grid = grid;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true);
    int wrong;
    try (RecordedTronGrid grid = new RecordedTronGrid()) {
      RecordedDemo demo = new RecordedDemo(grid, out);
      demo.play();
      wrong = demo.wrong;
    }
    out.println(wrong == 0 ? "All verdicts are right." : wrong + " verdicts are wrong.");
    System.exit(wrong == 0 ? 0 : 1);
  }

  private void play() throws IOException {
    scan("A payment of 25 USDT with the order id as memo", "VERIFIED", null, "--order", "ORD-1001");
    scan("The same order again: the same answer", "VERIFIED", null, "--order", "ORD-1001");
    scan("24.9 USDT where 25 are asked, without tolerance", "REJECTED", "UNDERPAID", "--order", "ORD-1002", "--tolerance", "0");
    scan("The same within the default tolerance of 1 %", "VERIFIED", null, "--order", "ORD-1002");
    scan("26 USDT where 25 are asked", "REJECTED", "OVERPAID", "--order", "ORD-1010");
    scan("10 and 15 USDT in one transaction", "VERIFIED", null, "--order", "ORD-1009");
    scan("A memo that only a look-up of the transaction shows", "VERIFIED", null, "--order", "ORD-1008");
    tell("A token that calls itself USDT and is not", "REJECTED", "WRONG_TOKEN", RecordedTronGrid.MERCHANT, "25",
        "--order", "ORD-1003", "--tx", grid.transactionStartingWith(FAKE_TOKEN));
    tell("A call that was reverted", "REJECTED", "FAILED", RecordedTronGrid.MERCHANT, "25",
        "--order", "ORD-1013", "--tx", REVERTED);
    tell("A real transfer of 2025, judged a minute after it by its dedicated address", "VERIFIED", null,
        "TXVj38D1XR3TPgSHTCZGC8wkLDAGqF1oqx", "41.677389",
        "--order", "ORD-REAL", "--match", "address", "--now", "2025-02-03T16:52:45Z", "--tx", REAL_TRANSFER);
  }

  private void scan(String title, String status, String reason, String... options) throws IOException {
    tell(title, status, reason, RecordedTronGrid.MERCHANT, "25", options);
  }

  private void tell(String title, String status, String reason, String wallet, String amount, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("verify", "--network", "tron", "--asset", "USDT"));
    arguments.addAll(List.of("--wallet", wallet, "--amount", amount));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--now")) {
      arguments.addAll(List.of("--now", RecordedTronGrid.NOW));
    }
    out.println("== " + title);
    out.println("$ x0tta6bl4.jar " + String.join(" ", arguments));
    arguments.addAll(List.of("--base-url", grid.url().toString(), "--allow-http"));

    StringWriter json = new StringWriter();
    int code = Main.run(arguments.toArray(String[]::new), Map.of(), new PrintWriter(json), out);
    grid.asked().forEach(request -> out.println("  asked     " + request));
    out.println("  concluded " + json.toString().strip());
    JsonNode verdict = MAPPER.readTree(json.toString());
    boolean right =
        verdict.path("status").asText().equals(status)
            && (reason == null ? verdict.path("reason").isNull() : verdict.path("reason").asText().equals(reason))
            && code == (status.equals("VERIFIED") ? ExitCodes.VERIFIED : ExitCodes.NOT_VERIFIED);
    if (!right) {
      wrong++;
      out.println("  WRONG     expected " + status + (reason == null ? "" : " " + reason) + ", exit code was " + code);
    }
    out.println();
  }
}
