package io.x0tta6bl4.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an H2 file keeps when its process is killed, and when its threads are interrupted. */
@Timeout(120)
class H2DurabilityTest {

  private static final Clock CLOCK = Clock.fixed(Shop.NOW, ZoneOffset.UTC);

  @Test
  void everythingThatWasRecordedOutlivesAKill(@TempDir Path folder) throws Exception {
    int confirmed = 0;
    for (int kill = 0; kill < 3; kill++) {
      Process writer =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                  H2DurabilityTest.Writer.class.getName(), folder.resolve("killed").toString(), String.valueOf(confirmed))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
        int until = confirmed + 150 + 37 * kill;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          confirmed = Integer.parseInt(line);
          if (confirmed == until) {
            // By its handle, since the process would close the lines that are still to be read.
            writer.toHandle().destroyForcibly();
          }
        }
      }
      writer.waitFor();
      assertThat(confirmed).isGreaterThanOrEqualTo(150);
      try (PaymentLedger ledger = JdbcPaymentLedger.open(source(folder.resolve("killed")), CLOCK)) {
        for (int i = 1; i <= confirmed; i++) {
          OrderAccount account = ledger.find("order-" + i).orElseThrow();
          assertThat(account.order().state()).isEqualTo(OrderState.PAID);
          assertThat(account.claims()).extracting(Claim::transfer).containsExactly(Shop.transfer(i));
          assertThat(account.latest()).isPresent();
        }
        assertThat(ledger.newestClaims(1_000)).hasSizeBetween(confirmed, confirmed + 1);
        // What was written and not confirmed is written already: the next process goes on behind it.
        confirmed = ledger.newestClaims(1_000).size();
      }
    }
  }

  @Test
  void interruptsDoNoHarm(@TempDir Path folder) throws Exception {
    try (Pool pool = new Pool(source(folder.resolve("interrupted")))) {
      PaymentLedger ledger = JdbcPaymentLedger.open(pool, CLOCK);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < 100; i++) {
                  ledger.record(List.of(Shop.paid(ledger.open(Shop.order("order-" + i)), Shop.transfer(i))));
                }
              });
      writer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
      writer.start();
      while (writer.isAlive()) {
        writer.interrupt();
        Thread.onSpinWait();
      }
      assertThat(failure.get()).isNull();
      assertThat(ledger.newestClaims(1_000)).hasSize(100);
    }
  }

  private static JdbcDataSource source(Path file) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:async:" + file);
    return source;
  }

  /** Records one payment after the other, and says so when each call has returned. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      Pool pool = new Pool(source(Path.of(args[0])));
      PaymentLedger ledger = JdbcPaymentLedger.open(pool, CLOCK);
      List<Recording> recordings = new ArrayList<>();
      for (int i = Integer.parseInt(args[1]) + 1; ; i++) {
        recordings.addAll(ledger.record(List.of(Shop.paid(ledger.open(Shop.order("order-" + i)), Shop.transfer(i)))));
        if (!(recordings.get(recordings.size() - 1) instanceof Recording.Recorded)) {
          throw new IOException("order-" + i + " is " + recordings.get(recordings.size() - 1));
        }
        System.out.println(i);
      }
    }
  }
}
