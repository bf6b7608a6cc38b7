package io.x0tta6bl4.example.status;

import io.x0tta6bl4.ebpf.net.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what an {@code observe} beside this process counts, from its metrics. Thread-safe. */
public final class TrafficMetrics implements Traffic {

  private static final int LARGEST = 1024 * 1024;
  private static final int MOST_CLASSES = 100;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Pattern LINE =
      Pattern.compile("x0tta6bl4_ebpf_tc_(packets|bytes)_total\\{([^}]{1,500})} ([0-9.eE+]{1,30})(?: .*)?");
  private static final Pattern LABEL = Pattern.compile("(transport|class)=\"([a-z0-9_-]{1,32})\"");

  private final URI url;
  private final HttpClient client;

  /**
   * A reader.
   *
   * @param url of the metrics
   */
  public TrafficMetrics(URI url) {
    this.url = url;
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  }

  @Override
  public Map<String, Counts> read() throws IOException {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).header("Accept", "text/plain").build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("TRAFFIC_URL answers with " + response.statusCode());
        }
        return parse(new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IOException("TRAFFIC_URL cannot be read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Finds the counters by class.
   *
   * @param text in the format of Prometheus
   * @return the sums over interfaces, directions and networks
   */
  static Map<String, Counts> parse(String text) {
    Map<String, Counts> counts = new TreeMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line -> {
              String name = name(line.group(2));
              if (counts.containsKey(name) || counts.size() < MOST_CLASSES) {
                long value = value(line.group(3));
                counts.merge(name, line.group(1).equals("packets") ? new Counts(value, 0) : new Counts(0, value), Counts::plus);
              }
            });
    return counts;
  }

  private static String name(String labels) {
    String transport = "";
    String service = "";
    Matcher label = LABEL.matcher(labels);
    while (label.find()) {
      if (label.group(1).equals("class")) {
        service = label.group(2);
      } else {
        transport = label.group(2);
      }
    }
    return TrafficName.of(transport, service);
  }

  private static long value(String text) {
    try {
      return new BigDecimal(text).longValue();
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
