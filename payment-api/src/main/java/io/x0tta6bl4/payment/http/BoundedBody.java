package io.x0tta6bl4.payment.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit, and breaks the exchange off beyond it. */
final class BoundedBody implements BodySubscriber<byte[]> {

  private static final int FIRST_SIZE = 16 * 1024;

  private final int limit;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private byte[] bytes = new byte[0];
  private int length;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int more = buffer.remaining();
      if (more > limit - length) {
        if (subscription != null) {
          subscription.cancel();
        }
        body.completeExceptionally(new FinalIoException("the answer is longer than " + limit + " bytes"));
        return;
      }
      if (length + more > bytes.length) {
        long grown = Math.max(Math.max(FIRST_SIZE, 2L * bytes.length), (long) length + more);
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, grown));
      }
      buffer.get(bytes, length, more);
      length += more;
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(Arrays.copyOf(bytes, length));
  }
}
