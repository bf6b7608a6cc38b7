package io.x0tta6bl4.payment.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Cuts a body that does not end into lines, of bounded length and number. */
final class EventLines implements BodySubscriber<Void> {

  /** Longest line, and longest event. */
  static final int MAX_LENGTH = 1024 * 1024;

  private static final int MAX_WAITING = 1_000;

  /** No line of the stream can hold a line break. */
  private static final String END = "\n";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile Flow.@Nullable Subscription subscription;

  /** Gives the next line; {@code null} if the stream ended, or nothing came for as long. */
  @Nullable String next(Duration silence) throws InterruptedException {
    String next = lines.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
    return END.equals(next) ? null : next;
  }

  void cancel() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  /** Complete at once: the answer begins with its headers, and its body never ends. */
  @Override
  public CompletionStage<Void> getBody() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        byte b = buffer.get();
        if (b == '\n') {
          String text = line.toString(StandardCharsets.UTF_8);
          line.reset();
          lines.add(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        } else {
          line.write(b);
        }
        if (line.size() > MAX_LENGTH || lines.size() > MAX_WAITING) {
          cancel();
          lines.add(END);
          return;
        }
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    lines.add(END);
  }

  @Override
  public void onComplete() {
    lines.add(END);
  }
}
