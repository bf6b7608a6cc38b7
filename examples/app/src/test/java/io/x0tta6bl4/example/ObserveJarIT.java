package io.x0tta6bl4.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code observe} as an operator meets it: a process with interfaces of its own, scraped, told to stop, or killed. */
@RequiresNetworkNamespaces
@Timeout(120)
class ObserveJarIT {

  /** No other process listens in the namespace. */
  private static final int PORT = 9464;

  private final String namespace = "x0obs" + ProcessHandle.current().pid();
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeInterfaces() throws Exception {
    run("ip", "netns", "add", namespace);
    inside("ip", "link", "set", "lo", "up");
    inside("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
    inside("ip", "link", "set", "v0", "up");
    inside("ip", "link", "set", "v1", "up");
  }

  @AfterEach
  void removeInterfaces() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    run("ip", "netns", "delete", namespace);
  }

  @Test
  void servesMetricsDetachesOnSigtermAndExitsWithZero() throws Exception {
    Observer observer = observe("--interface", "v0", "--interface", "v1", "--xdp", "--tc", "both");
    observer.awaitReady();

    String page = scrape("/metrics");
    assertThat(page)
        .contains("x0tta6bl4_ebpf_program_attached{interface=\"v0\",mode=\"native\",program=\"xdp_counter_prog\"} 1.0")
        .contains("x0tta6bl4_ebpf_program_attached{interface=\"v1\",mode=\"tcx\",program=\"tc_classifier_prog\"} 1.0")
        .contains("x0tta6bl4_ebpf_xdp_packets_total{interface=\"v0\"}");
    assertThat(scrape("/healthz/live")).startsWith("200").contains("live");
    assertThat(scrape("/healthz/ready")).startsWith("200").contains("ready");
    assertThat(scrape("/nothing")).startsWith("404");

    assertThat(observer.stop()).isZero();
    assertThat(observer.out()).containsExactly("ready");
    assertThat(inside("ip", "link", "show", "v0")).doesNotContain("xdp");
    inside("ip", "link", "delete", "v0");
  }

  @Test
  void goesOnWithTheOthersWhereOneInterfaceIsBad() throws Exception {
    Observer observer =
        observe("--interface", "nosuch0", "--interface", "lo", "--interface", "v0", "--xdp", "--xdp-mode", "native");
    observer.awaitReady();

    assertThat(scrape("/metrics")).contains("interface=\"v0\"").doesNotContain("interface=\"lo\"");

    assertThat(observer.stop()).isZero();
    assertThat(observer.err())
        .anyMatch(line -> line.startsWith("error: interface 'nosuch0'"))
        .anyMatch(line -> line.startsWith("error: interface 'lo'"));
  }

  @Test
  void isNotReadyOnceItsInterfaceIsGone() throws Exception {
    Observer observer = observe("--interface", "v0", "--xdp");
    observer.awaitReady();

    inside("ip", "link", "delete", "v0");

    assertThat(scrape("/healthz/ready")).startsWith("503");
    assertThat(scrape("/metrics"))
        .contains("x0tta6bl4_ebpf_program_attached{interface=\"v0\",mode=\"native\",program=\"xdp_counter_prog\"} 0.0");
    assertThat(observer.stop()).isZero();
  }

  @Test
  void leavesNoLinkBehindWhenItIsKilledAndReplacesItsStaleFilter() throws Exception {
    Observer killed = observe("--interface", "v0", "--xdp", "--tc", "ingress", "--tc-mode", "clsact");
    killed.awaitReady();
    killed.kill();

    assertThat(inside("ip", "link", "show", "v0")).doesNotContain("xdp");
    assertThat(filters()).hasSize(1);

    Observer next = observe("--interface", "v0", "--xdp", "--tc", "ingress", "--tc-mode", "clsact");
    next.awaitReady();
    assertThat(filters()).hasSize(1);
    assertThat(next.stop()).isZero();
    assertThat(filters()).isEmpty();
    assertThat(inside("tc", "qdisc", "show", "dev", "v0")).contains("clsact");
  }

  @Test
  void exitsWithThreeWhereNothingCanBeAttached() throws Exception {
    Observer observer = observe("--interface", "nosuch0", "--xdp");
    assertThat(observer.exitCode()).isEqualTo(3);
    assertThat(observer.out()).isEmpty();
    assertThat(observer.err()).contains("error: nothing could be attached");
  }

  @Test
  void exitsWithThreeAndLeavesNothingWhereThePortIsTaken() throws Exception {
    Observer first = observe("--interface", "v0", "--xdp");
    first.awaitReady();
    Observer second = observe("--interface", "v1", "--xdp");
    assertThat(second.exitCode()).isEqualTo(3);
    assertThat(second.err()).anyMatch(line -> line.startsWith("error: --metrics-port 9464: "));
    assertThat(inside("ip", "link", "show", "v1")).doesNotContain("xdp");
    assertThat(first.stop()).isZero();
  }

  @Test
  void namesTheCapabilitiesThatAreMissing() throws Exception {
    Process process =
        start(
            "ip", "netns", "exec", namespace, "setpriv", "--bounding-set", "-bpf,-sys_admin",
            java(), "-jar", jar(), "observe", "--interface", "v0");
    Observer observer = new Observer(process);
    assertThat(observer.exitCode()).isEqualTo(3);
    assertThat(observer.err()).anyMatch(line -> line.startsWith("error: ERROR CAP_BPF: missing; run as root"));
  }

  private List<String> filters() throws Exception {
    return inside("tc", "filter", "show", "dev", "v0", "ingress").lines().filter(line -> line.contains("handle")).toList();
  }

  private Observer observe(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, java(), "-jar", jar(), "observe"));
    command.addAll(List.of(options));
    return new Observer(start(command.toArray(String[]::new)));
  }

  private String scrape(String path) throws Exception {
    return inside(java(), "-cp", System.getProperty("java.class.path"), Fetch.class.getName(), "http://127.0.0.1:" + PORT + path);
  }

  private String inside(String... command) throws Exception {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(List.of(command));
    return run(whole.toArray(String[]::new));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
    return output;
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String jar() {
    return System.getProperty("x0tta6bl4.jar");
  }

  /** A running {@code observe}; {@code ip netns exec} becomes it, so its process is the JVM. */
  private static final class Observer {

    private final Process process;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<List<String>> out;
    private final CompletableFuture<List<String>> err;

    Observer(Process process) {
      this.process = process;
      // Threads of their own: the common pool may have fewer than there are readers that wait.
      out = CompletableFuture.supplyAsync(() -> lines(process.inputReader(StandardCharsets.UTF_8)), Thread::startVirtualThread);
      err = CompletableFuture.supplyAsync(() -> lines(process.errorReader(StandardCharsets.UTF_8)), Thread::startVirtualThread);
    }

    private List<String> lines(BufferedReader reader) {
      List<String> lines = new ArrayList<>();
      try (reader) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
          if (line.equals("ready")) {
            ready.complete(null);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return lines;
    }

    void awaitReady() throws Exception {
      CompletableFuture.anyOf(ready, process.onExit()).get(60, TimeUnit.SECONDS);
      assertThat(process.isAlive()).as("ended: %s", process.isAlive() ? "" : err()).isTrue();
    }

    int stop() throws Exception {
      process.destroy();
      return exitCode();
    }

    void kill() throws Exception {
      process.destroyForcibly();
      exitCode();
    }

    int exitCode() throws Exception {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    List<String> out() throws Exception {
      return out.get(60, TimeUnit.SECONDS);
    }

    List<String> err() {
      return err.join();
    }
  }
}
