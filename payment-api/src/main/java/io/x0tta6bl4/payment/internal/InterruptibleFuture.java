package io.x0tta6bl4.payment.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A future whose {@code cancel(true)} interrupts the task that completes it, which that of
 * {@link CompletableFuture#supplyAsync} does not.
 *
 * @param <T> what the task gives
 */
public final class InterruptibleFuture<T> extends CompletableFuture<T> {

  private final FutureTask<Void> task;

  private InterruptibleFuture(Supplier<? extends T> supplier) {
    this.task =
        new FutureTask<>(
            () -> {
              try {
                complete(supplier.get());
              } catch (Throwable failure) {
                completeExceptionally(failure);
              }
            },
            null);
  }

  /**
   * Starts a task.
   *
   * @param supplier the task
   * @param executor where it runs
   * @param <T> what the task gives
   * @return its future
   */
  public static <T> CompletableFuture<T> run(Supplier<? extends T> supplier, Executor executor) {
    InterruptibleFuture<T> future = new InterruptibleFuture<>(supplier);
    executor.execute(future.task);
    return future;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    task.cancel(mayInterruptIfRunning);
    return cancelled;
  }
}
