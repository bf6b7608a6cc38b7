package io.x0tta6bl4.payment.crash;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.ledger.JdbcPaymentLedger;
import io.x0tta6bl4.payment.ledger.NewOrder;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.PaymentEvent;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.PaymentListener;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import io.x0tta6bl4.payment.watch.EventDelivery;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import io.x0tta6bl4.payment.watch.PaymentWatcher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A whole shop without a face, in a process of its own that may be killed at any instant. It opens the orders that it finds in a
 * file, watches their wallets on the chain of another file, and writes down what a listener is told.
 */
final class Worker {

  static final String ORDERS = "orders";
  static final String CHAIN = "chain";
  static final String OPENED = "opened";
  static final String EVENTS = "events";
  static final String SCANS = "scans-";

  private Worker() {}

  /** The line of an order. */
  static String order(String id, String wallet, long units, Duration expiry) {
    return String.join(" ", id, wallet, Long.toString(units), expiry.toString());
  }

  public static void main(String[] args) throws InterruptedException {
    String url = args[0];
    Path folder = Path.of(args[1]);
    String name = args[2];
    Duration lease = Duration.parse(args[3]);
    Duration pace = Duration.parse(args[4]);
    Clock clock = Clock.systemUTC();
    Journal scans = new Journal(folder.resolve(SCANS + name));
    FileChain chain = new FileChain(folder.resolve(CHAIN), wallet -> scans.write(clock.millis() + " " + wallet));
    PaymentLedger ledger = JdbcPaymentLedger.open(pool(url), clock);
    Journal events = new Journal(folder.resolve(EVENTS));
    EventDelivery.builder(ledger).listener(new Teller(events)).build().start();
    PaymentWatcher.builder(ledger)
        .source(chain)
        .name(name)
        .pace(pace, pace)
        .lease(lease)
        .expiryGrace(Duration.ofMillis(500))
        .build()
        .start();
    PaymentDesk desk = new PaymentDesk(ledger, List.of(chain), clock, PaymentObserver.NONE);
    Journal opened = new Journal(folder.resolve(OPENED));
    System.out.println("ready");
    int read = 0;
    while (true) {
      List<String> orders = FileChain.WholeLines.of(folder.resolve(ORDERS));
      for (String line : orders.subList(read, orders.size())) {
        String[] parts = line.split(" ");
        PaymentRequest request =
            PaymentRequest.builder(parts[0], parts[1], Amount.ofUnits(FileChain.COIN, Long.parseLong(parts[2]))).build();
        desk.open(NewOrder.builder(request).expiry(Duration.parse(parts[3])).build());
        opened.write(parts[0]);
      }
      read = orders.size();
      Thread.sleep(20);
    }
  }

  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }

  /** Writes down what it is told, before it says so. */
  private record Teller(Journal events) implements PaymentListener {

    @Override
    public String name() {
      return "teller";
    }

    @Override
    public void onEvent(PaymentEvent event) {
      events.write(
          event instanceof OrderEvent order
              ? order.request().orderId() + " " + order.number() + " " + order.type() + " " + order.transfers().size()
              : event.id());
    }
  }
}
