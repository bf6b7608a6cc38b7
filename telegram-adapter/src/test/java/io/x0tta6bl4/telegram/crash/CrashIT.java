package io.x0tta6bl4.telegram.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.telegram.OrderLinks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shop's process is killed by SIGKILL, again and again: between the claim of a message and its arrival, between its arrival
 * and the note of it, and anywhere. Every buyer hears the verdict; what he hears twice stays within the policy.
 */
class CrashIT {

  private static final int KILLS = Integer.getInteger("telegram.kills", 5);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String MARK = "perhaps sent a second time";

  @TempDir private Path folder;

  private final OrderLinks links = OrderLinks.of(Secret.of(Worker.LINK_KEY));

  /** Where a process is killed. */
  private enum Place {
    BEFORE_THE_INVOICE,
    AFTER_THE_INVOICE,
    BEFORE_THE_VERDICT,
    AFTER_THE_VERDICT,
    ANYWHERE
  }

  @Test
  void everyBuyerHearsTheVerdictOnPostgres() throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start()) {
      killAndCompare(server.getJdbcUrl("postgres", "postgres"));
    }
  }

  @Test
  void everyBuyerHearsTheVerdictOnH2() throws Exception {
    killAndCompare("jdbc:h2:file:" + folder.resolve("shop") + ";DB_CLOSE_ON_EXIT=FALSE");
  }

  private void killAndCompare(String url) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    System.out.println("telegram crash test seed " + seed + ", " + KILLS + " kills");
    WorkerProcess worker = null;
    try (TelegramServer server = new TelegramServer()) {
      FakeTelegram telegram = server.telegram;
      worker = WorkerProcess.start(url, server.uri().toString(), folder, 0);
      for (int kill = 0; kill < KILLS; kill++) {
        Place place = Place.values()[kill % Place.values().length];
        String id = "ORD-" + kill;
        long chat = 1_000 + kill;
        boolean ofInvoice = place == Place.BEFORE_THE_INVOICE || place == Place.AFTER_THE_INVOICE;
        worker.tell("open " + id);
        TelegramServer.Trap trap = ofInvoice ? server.trap(place == Place.AFTER_THE_INVOICE) : null;
        telegram.write(chat, "en", "/start " + links.payload(id, Instant.now().plusSeconds(3_600)));
        if (!ofInvoice) {
          await(() -> telegram.chat(chat).size() == 1, "invoice of " + id);
          trap = place == Place.ANYWHERE ? null : server.trap(place == Place.AFTER_THE_VERDICT);
          worker.tell("pay " + id);
        }
        if (trap == null) {
          Thread.sleep(random.nextInt(400));
        } else {
          assertThat(trap.sprung().await(60, TimeUnit.SECONDS)).as("trap at %s of %s", place, id).isTrue();
        }
        assertThat(worker.isAlive()).as("the worker died by itself").isTrue();
        worker.kill();
        server.disarm();
        worker = WorkerProcess.start(url, server.uri().toString(), folder, kill + 1);
        // The chain is in the memory of the process that died: what was paid and not seen is paid once more, to the same order.
        if (ofInvoice) {
          await(() -> !telegram.chat(chat).isEmpty(), "invoice of " + id);
        }
        worker.tell("pay " + id);
        await(() -> hasHeard(telegram.chat(chat)), "verdict of " + id);
      }
      worker.kill();
      compare(telegram);
    } finally {
      if (worker != null) {
        worker.kill();
      }
    }
  }

  private void compare(FakeTelegram telegram) {
    int repeats = 0;
    int silent = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Place place = Place.values()[kill % Place.values().length];
      List<FakeTelegram.Shown> chat = telegram.chat(1_000 + kill);
      String name = "Order ORD-" + kill;
      long invoices = chat.stream().filter(m -> m.text.startsWith(name + "\n")).count();
      long bells = chat.stream().filter(m -> m.text.contains(name + " is paid")).count();
      assertThat(hasHeard(chat)).as("order %s, killed %s", kill, place).isTrue();
      assertThat(bells).as("last messages of order %s, killed %s", kill, place).isLessThanOrEqualTo(1);
      // One kill leaves one message unknown at the most, and an unknown first message is sent once more.
      long most = place == Place.AFTER_THE_INVOICE || place == Place.ANYWHERE ? 2 : 1;
      assertThat(invoices).as("status messages of order %s, killed %s", kill, place).isBetween(1L, most);
      repeats += (int) invoices - 1;
      silent += bells == 0 ? 1 : 0;
    }
    System.out.println(
        KILLS + " kills: every buyer heard the verdict, " + silent + " by the edited message alone, " + repeats
            + " first messages came twice");
  }

  private static boolean hasHeard(List<FakeTelegram.Shown> chat) {
    return chat.stream().anyMatch(m -> m.text.contains("Paid.") && !m.text.contains(MARK) || m.text.contains("is paid"));
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, String what) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      assertThat(Instant.now()).as(what).isBefore(end);
      Thread.sleep(10);
    }
  }
}
