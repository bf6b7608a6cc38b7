package io.x0tta6bl4.example.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.x0tta6bl4.example.pages.Browser;
import io.x0tta6bl4.example.shop.ShopRig;
import io.x0tta6bl4.example.shop.StartException;
import io.x0tta6bl4.simulator.http.Answer;
import io.x0tta6bl4.simulator.http.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page in a real browser, on the shop as it runs; the traffic is that of an observer whose metrics are played. */
class StatusPageIT {

  @TempDir Path folder;
  private Browser browser;
  private LoopbackServer observer;
  private ShopRig shop;
  private int packets = 1000;

  @BeforeEach
  void start() throws StartException, IOException {
    browser = Browser.start();
    observer =
        LoopbackServer.start(
            request -> {
              packets += 100 + packets / 7;
              return new Answer(
                  200, "text/plain", metrics(packets).getBytes(StandardCharsets.UTF_8));
            });
    shop = ShopRig.start(folder, Map.of("TRAFFIC_URL", observer.baseUrl() + "/metrics"));
  }

  private static String metrics(int count) {
    String line = "x0tta6bl4_ebpf_tc_packets_total{class=\"%s\",transport=\"%s\"} %d\n";
    return line.formatted("https", "tcp", count) + line.formatted("dns", "udp", count / 5) + line.formatted("other", "icmp", count / 9);
  }

  @AfterEach
  void stop() throws IOException {
    if (shop != null) {
      shop.close();
      observer.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void drawsWhatGoesOn() throws IOException {
    shop.open("SHOW-1", "25");
    shop.open("SHOW-2", "12.5");
    shop.open("SHOW-3", "99");
    browser.size(1200, 1400);
    browser.open("http://operator:" + ShopRig.OPERATOR_KEY + "@127.0.0.1:" + shop.managementPort() + "/");
    browser.await("#orders", "SHOW-3");
    shop.pay("SHOW-1", "25");
    shop.pay("SHOW-2", "5");
    shop.open("SHOW-4", "10");
    shop.pay("SHOW-4", "20");
    browser.await("#payments", "SHOW-1");
    browser.await("#orders", "partly paid");
    browser.await("#orders", "overpaid");
    browser.await("#providers", "well");
    browser.await("#scans", "whole");
    browser.await("#traffic", "https");
    browser.await("#traffic", "dns");
    browser.await("#connection", "Live");
    assertThat(browser.attribute("#payments a", "href")).startsWith("https://tronscan.org/#/transaction/");
    assertThat(browser.attribute("#traffic .line", "d")).startsWith("M");
    assertThat(browser.accessibilityFaults()).isEmpty();
    // A few more readings, so that there is something to see.
    while (browser.attribute("#traffic .line", "d").split("L", -1).length < 4) {
      Thread.onSpinWait();
    }
    browser.screenshot("status");
    browser.dark(true);
    assertThat(browser.accessibilityFaults()).isEmpty();
    browser.size(360, 800);
    assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void isTheOperatorsOnly() {
    assertThat(shop.management("/").statusCode()).isEqualTo(401);
    assertThat(shop.management("/status.json").statusCode()).isEqualTo(401);
    assertThat(shop.management("/status/events").statusCode()).isEqualTo(401);
    assertThat(shop.management("/", "Authorization", basic("wrong")).statusCode()).isEqualTo(401);
    assertThat(shop.management("/", "Authorization", "Basic !!!").statusCode()).isEqualTo(401);
    assertThat(shop.management("/", "Authorization", "Bearer " + ShopRig.OPERATOR_KEY).statusCode()).isEqualTo(401);
    assertThat(shop.management("/", "Authorization", "Basic " + ShopRig.API_KEY).statusCode()).isEqualTo(401);
    assertThat(shop.management("/healthz/live").statusCode()).isEqualTo(200);
    assertThat(shop.management("/metrics").body()).contains("x0tta6bl4_");
    JsonNode status = ShopRig.json(shop.management("/status.json", "Authorization", basic(ShopRig.OPERATOR_KEY)));
    assertThat(status.path("bot").asText()).isEqualTo("none");
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("anybody:" + password).getBytes(StandardCharsets.UTF_8));
  }
}
