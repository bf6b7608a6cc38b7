package io.x0tta6bl4.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InterruptibleFutureTest {

  private final List<Thread> threads = new ArrayList<>();

  private void onNewThread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  @Test
  void givesWhatTheTaskGives() {
    assertThat(InterruptibleFuture.run(() -> "done", Runnable::run)).isCompletedWithValue("done");
  }

  @Test
  void givesWhatTheTaskThrows() {
    IllegalStateException failure = new IllegalStateException("closed");
    CompletableFuture<String> future =
        InterruptibleFuture.run(
            () -> {
              throw failure;
            },
            Runnable::run);

    assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get).withCause(failure);
  }

  @Test
  void row80_cancellingInterruptsTheRunningTask() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    CompletableFuture<String> future =
        InterruptibleFuture.run(
            () -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return "late";
            },
            this::onNewThread);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(future.cancel(true)).isTrue();

    threads.get(0).join(30_000);
    assertThat(interrupted).isTrue();
    assertThat(future).isCancelled();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
  }

  @Test
  void cancellingWithoutInterruptLeavesTheRunningTaskAlone() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    CompletableFuture<String> future =
        InterruptibleFuture.run(
            () -> {
              started.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return "late";
            },
            this::onNewThread);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(future.cancel(false)).isTrue();
    goOn.countDown();

    threads.get(0).join(30_000);
    assertThat(interrupted).isFalse();
    assertThat(future).isCancelled();
  }

  @Test
  void aTaskThatWasCancelledBeforeItsTurnNeverRuns() {
    AtomicBoolean ran = new AtomicBoolean();
    List<Runnable> queue = new ArrayList<>();
    CompletableFuture<Boolean> future = InterruptibleFuture.run(() -> ran.getAndSet(true), queue::add);

    future.cancel(true);
    queue.get(0).run();

    assertThat(ran).isFalse();
  }

  @Test
  void cancellingWhatIsDoneChangesNothing() {
    CompletableFuture<String> future = InterruptibleFuture.run(() -> "done", Runnable::run);

    assertThat(future.cancel(true)).isFalse();
    assertThat(future).isCompletedWithValue("done");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anExecutorThatRefusesTellsTheCaller() {
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(
            () ->
                InterruptibleFuture.run(
                    () -> "never",
                    task -> {
                      throw new RejectedExecutionException("full");
                    }));
  }
}
