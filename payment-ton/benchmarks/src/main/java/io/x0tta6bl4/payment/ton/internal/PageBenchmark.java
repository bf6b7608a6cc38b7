package io.x0tta6bl4.payment.ton.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.benchmarks.CannedTransport;
import io.x0tta6bl4.payment.benchmarks.SkippingTicker;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import io.x0tta6bl4.payment.spi.VerifierContext;
import io.x0tta6bl4.payment.ton.TonNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a page of 100 transactions to the verdict on one order. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageBenchmark {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private byte[] body;
  private PaymentRequest request;
  private PaymentVerifier verifier;
  private TreeVerifier tree;

  /** Makes the page, and checks that both ways come to the same verdict. */
  @Setup
  public void setUp() throws IOException {
    RecordedPage page = new RecordedPage();
    body = page.body();
    request = page.request();
    SkippingTicker ticker = new SkippingTicker();
    ApiClient client =
        TonApi.client(TonNetwork.MAINNET.baseUrl()).transport(transport(page)).ticker(ticker).build();
    Clock clock = Clock.fixed(page.now(), ZoneOffset.UTC);
    verifier =
        TransferSourceVerifier.of(
            new TonTransferSource(new TonApi(client), clock, 50, false),
            VerifierContext.of(VerifierOptions.none(), clock, ticker));
    tree = new TreeVerifier(request, page.now(), MAPPER.readTree(page.head()).required("gen_utime").longValue());

    Verification verdict = ours();
    check(verdict.isVerified(), "our verdict is " + verdict);
    check(verdict.equals(tree()), "the tree's verdict is " + tree());
    check(oursReadOnly().rows().size() == RecordedPage.ROWS, "rows are missing");
  }

  private static CannedTransport transport(RecordedPage page) {
    byte[] status = "{\"indexing_latency\":3}".getBytes(StandardCharsets.UTF_8);
    return new CannedTransport(page.body(), Map.of("/v2/blockchain/masterchain-head", page.head(), "/v2/status", status));
  }

  /** Closes the verifier. */
  @TearDown
  public void tearDown() {
    verifier.close();
  }

  /** The floor: our parser, from token to token, without a look at any. */
  @Benchmark
  public int floor() throws IOException {
    int tokens = 0;
    try (JsonParser parser = Json.parser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        tokens++;
      }
    }
    return tokens;
  }

  /** What a shop calls, but for the network. */
  @Benchmark
  public Verification ours() {
    return verifier.verify(request);
  }

  /** The part of {@link #ours()} that reads the rows. */
  @Benchmark
  public TransactionReader.Page oursReadOnly() throws IOException {
    return TransactionReader.page(body);
  }

  /** The plain way. */
  @Benchmark
  public Verification tree() throws IOException {
    return tree.verify(body);
  }

  /** The part of {@link #tree()} that reads the JSON. */
  @Benchmark
  public JsonNode treeReadOnly() throws IOException {
    return MAPPER.readTree(body);
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalStateException(otherwise);
    }
  }
}
