package io.x0tta6bl4.ebpf.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The machine's processors. */
public final class Processor {

  private Processor() {}

  /** The numbers of those that this process may use. */
  public static List<Integer> all() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> list(line.substring(line.indexOf(':') + 1).strip()))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many the machine can have. */
  public static int possible() {
    try {
      List<Integer> possible = list(Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip());
      return possible.get(possible.size() - 1) + 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads for instance {@code 0-3,8}. */
  private static List<Integer> list(String ranges) {
    List<Integer> numbers = new ArrayList<>();
    for (String range : ranges.split(",")) {
      String[] ends = range.split("-");
      for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  /** Runs something in a thread that is kept on one processor. */
  public static void runOn(int cpu, Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                Command.run("taskset", "--cpu-list", "--pid", Integer.toString(cpu), Integer.toString(Linux.threadId()));
                work.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    done.join();
  }
}
