package io.x0tta6bl4.example.status;

import io.x0tta6bl4.example.web.Assets;
import io.x0tta6bl4.example.web.BasicPassword;
import io.x0tta6bl4.example.web.Html;
import io.x0tta6bl4.example.web.Page;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import io.x0tta6bl4.example.web.Router;
import io.x0tta6bl4.payment.ledger.LedgerException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's page: as HTML, live by server-sent events, and as JSON. Thread-safe. */
public final class StatusPages {

  private static final Logger LOG = LoggerFactory.getLogger(StatusPages.class);

  private final StatusReader reader;
  private final BasicPassword password;
  private final Assets assets;

  /**
   * Makes the pages.
   *
   * @param reader reads what they show
   * @param password without which they show nothing
   * @param assets style and script
   */
  public StatusPages(StatusReader reader, BasicPassword password, Assets assets) {
    this.reader = reader;
    this.password = password;
    this.assets = assets;
  }

  /**
   * Adds their routes.
   *
   * @param router of the management port
   */
  public void addTo(Router router) {
    router.route("GET", "/", password.guard(this::page));
    router.route(
        "GET",
        "/status.json",
        password.guard(
            request ->
                Response.text(200, "application/json", StatusJson.of(reader.read()) + "\n").with("Cache-Control", "no-store")));
    router.route("GET", "/status/events", password.guard(request -> new Response.Events(this::write)));
    assets.addTo(router);
  }

  private Response page(Request request) {
    Html html = new Html();
    Page.head(html, "en", "Status", assets, "status.js");
    html.close("head").open("body", "class", "wide");
    html.open("header").element("h1", "Status").element("p", "", "id", "connection", "class", "hint", "role", "status");
    html.close("header").open("main");
    StatusSections.of(reader.read())
        .forEach((name, section) -> html.open("section", "id", name, "aria-label", StatusSections.title(name)).part(section).close("section"));
    html.close("main").close("body").close("html");
    return Page.of(200, html);
  }

  private void write(Response.EventSink sink) throws InterruptedException {
    Map<String, String> sent = new HashMap<>();
    boolean open = true;
    while (open) {
      try {
        for (Map.Entry<String, Html> section : StatusSections.of(reader.read()).entrySet()) {
          String text = section.getValue().toString();
          // A section that stays as it is keeps what is marked or focused in it.
          if (open && !text.equals(sent.put(section.getKey(), text))) {
            open = sink.send("", section.getKey(), text);
          }
        }
      } catch (LedgerException e) {
        LOG.warn("the status could not be read: {}", e.getMessage());
      }
      Thread.sleep(TrafficHistory.INTERVAL);
      open = open && sink.isOpen();
    }
  }
}
