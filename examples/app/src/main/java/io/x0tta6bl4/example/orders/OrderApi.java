package io.x0tta6bl4.example.orders;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.web.BearerKeys;
import io.x0tta6bl4.example.web.Handler;
import io.x0tta6bl4.example.web.Problem;
import io.x0tta6bl4.example.web.ProblemException;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import io.x0tta6bl4.example.web.Router;
import io.x0tta6bl4.example.web.Sha256;
import io.x0tta6bl4.payment.ledger.AmountTakenException;
import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderConflictException;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.watch.PaymentDesk;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The shop's programs open orders here, look at them and call them off; {@code openapi.json} beside this class describes it.
 * Thread-safe.
 */
public final class OrderApi {

  private static final Logger LOG = LoggerFactory.getLogger(OrderApi.class);
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final PaymentDesk desk;
  private final OrderViews views;
  private final OrderEvents events;
  private final IdempotencyKeys idempotency;
  private final BearerKeys keys;
  private final NewOrderReader reader;
  private final OpenApiDocument document = OpenApiDocument.load();

  /**
   * Makes the API.
   *
   * @param desk opens orders and calls them off
   * @param views how they look
   * @param events the streams of their states
   * @param idempotency which request opened which
   * @param keys who may use it
   * @param offer what orders may be opened for
   */
  public OrderApi(
      PaymentDesk desk, OrderViews views, OrderEvents events, IdempotencyKeys idempotency, BearerKeys keys, Offer offer) {
    this.desk = desk;
    this.views = views;
    this.events = events;
    this.idempotency = idempotency;
    this.keys = keys;
    this.reader = new NewOrderReader(offer);
  }

  /**
   * Adds its routes.
   *
   * @param router of the public port
   */
  public void addTo(Router router) {
    router.route("GET", "/api/openapi.json", request -> document.response());
    router.route("POST", "/api/orders", guarded(this::open));
    router.route("GET", "/api/orders/{id}", guarded(this::show));
    router.route("DELETE", "/api/orders/{id}", guarded(this::cancel));
    router.route("GET", "/api/orders/{id}/events", guarded(this::follow));
  }

  private Handler guarded(Handler handler) {
    return keys.guard(
        request -> {
          try {
            return handler.handle(request);
          } catch (LedgerException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            return Problem.of(503, "the ledger cannot be reached; try again").with("Retry-After", "5");
          }
        });
  }

  private Response open(Request request) {
    String type = request.header("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new ProblemException(415, "expected the header 'Content-Type: application/json'");
    }
    JsonNode json = reader.parse(request.body());
    Optional<String> key = request.header("Idempotency-Key");
    String wanted = reader.id(json).orElseGet(OrderIds::next);
    // Read before the key is reserved: a request that cannot be served must not use its key up.
    reader.order(json, wanted);
    if (key.isEmpty()) {
      return opened(json, wanted, false);
    }
    if (!IDEMPOTENCY_KEY.matcher(key.get()).matches()) {
      throw new ProblemException(400, "Idempotency-Key: expected 1 to 255 visible characters of ASCII");
    }
    String content = Sha256.hex(NewOrderReader.canonical(json));
    IdempotencyKeys.Reservation reservation = idempotency.reserve(Sha256.hex(key.get()), content, wanted);
    if (!reservation.requestHash().equals(content)) {
      throw new ProblemException(422, "this Idempotency-Key was used for another request");
    }
    return opened(json, reservation.orderId(), !reservation.isNew());
  }

  private Response opened(JsonNode json, String orderId, boolean repeated) {
    Optional<OrderView> known = repeated ? views.find(orderId) : Optional.empty();
    if (known.isPresent()) {
      return answer(200, known.get()).with("Idempotent-Replayed", "true");
    }
    try {
      Order order = desk.open(reader.order(json, orderId));
      OrderView view = views.find(order.id()).orElseThrow();
      log(order.id(), "opened");
      return answer(201, view).with("Location", "/api/orders/" + order.id());
    } catch (OrderConflictException e) {
      throw new ProblemException(409, "order " + orderId + " exists with other content");
    } catch (AmountTakenException e) {
      throw new ProblemException(409, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, String.valueOf(e.getMessage()));
    }
  }

  private Response show(Request request) {
    OrderView view = known(request);
    String tag = "\"" + view.version() + "\"";
    return request.header("If-None-Match").filter(tag::equals).isPresent()
        ? new Response.Whole(304, Map.of("ETag", tag), "")
        : answer(200, view);
  }

  private Response cancel(Request request) {
    OrderView before = known(request);
    OrderState state =
        desk.cancel(before.id()).orElseThrow(() -> unknown(before.id())).order().state();
    if (state != OrderState.CANCELLED) {
      throw new ProblemException(409, "order " + before.id() + " is " + OrderJson.word(state) + " and cannot be cancelled");
    }
    log(before.id(), "called off");
    return answer(200, views.find(before.id()).orElseThrow());
  }

  /** Beside the trace of the request, from where the order's own trail is found by its id. */
  private static void log(String orderId, String what) {
    MDC.put("order_id", orderId);
    try {
      LOG.info("order {}: {}", orderId, what);
    } finally {
      MDC.remove("order_id");
    }
  }

  private Response follow(Request request) {
    OrderView view = known(request);
    // What a client that knows the end is told; on anything else it would come again for ever.
    boolean knowsTheEnd =
        view.status().isFinal()
            && request.header("Last-Event-ID").filter(Long.toString(view.version())::equals).isPresent();
    return knowsTheEnd
        ? new Response.Whole(204, Map.of(), "")
        : events.of(view.id(), state -> OrderJson.of(state).toString());
  }

  private OrderView known(Request request) {
    String id = request.parameter("id");
    return views.find(id).orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(404, "order '" + (id.length() > 64 ? id.substring(0, 64) + "..." : id) + "' is not known");
  }

  private static Response.Whole answer(int status, OrderView view) {
    return Response.text(status, "application/json", OrderJson.of(view) + "\n")
        .with("Cache-Control", "no-store")
        .with("ETag", "\"" + view.version() + "\"");
  }
}
