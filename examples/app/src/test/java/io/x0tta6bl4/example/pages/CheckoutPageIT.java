package io.x0tta6bl4.example.pages;

import static io.x0tta6bl4.example.shop.ShopRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.ReaderException;
import io.x0tta6bl4.example.shop.ShopRig;
import io.x0tta6bl4.example.shop.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkout page in a real browser, on the shop as it runs. */
class CheckoutPageIT {

  @TempDir static Path folder;
  private static Browser browser;
  private static ShopRig shop;

  @BeforeAll
  static void start() throws StartException, IOException {
    browser = Browser.start();
    shop = ShopRig.start(folder, Map.of("SHOP_NAME", "Books & <more>"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (shop != null) {
      shop.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void plain() {
    browser.scripts(true);
    browser.dark(false);
    browser.size(390, 1200);
  }

  @AfterEach
  void hasNothingToComplainOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static String page(JsonNode order) {
    return shop.publicUrl() + URI.create(order.path("checkout_url").asText()).getPath();
  }

  @Test
  void goesFromWaitingToPaidWithoutAReload() throws IOException {
    browser.open(page(shop.open("SHOW-1", "25.50")) + "?lang=en");
    browser.run("window.sameDocument = true");
    assertThat(browser.text("#state")).isEqualTo("Waiting for your payment");
    assertThat(browser.text("#amount")).isEqualTo("25.50");
    assertThat(browser.text(".shop")).isEqualTo("Books & <more>");
    assertThat(browser.text(".network")).isEqualTo("Tron (TRC20)");
    assertThat(browser.text("#left")).matches("59:[0-5][0-9]|1:00:00");
    browser.screenshot("checkout-light");

    shop.pay("SHOW-1", "10");
    browser.await("#state", "A part has arrived");
    assertThat(browser.text(".amount")).contains("Still missing").contains("15.50");

    shop.pay("SHOW-1", "15.5");
    browser.await("#state", "Paid. Thank you!");
    assertThat(browser.count(".payments li")).isEqualTo(2);
    assertThat(browser.count(".qr")).isZero();
    assertThat(browser.attribute(".payments a", "href")).startsWith("https://tronscan.org/#/transaction/");
    assertThat(browser.run("return window.sameDocument")).isEqualTo(true);
    browser.dark(true);
    browser.screenshot("checkout-dark");
  }

  @Test
  void showsAPaymentThatIsNotFinalYet() {
    browser.open(page(shop.open("SHOW-2", "25")) + "?lang=en");
    shop.tron.add(shop.transfer("SHOW-2", "25").pending());
    browser.await("#state", "is being confirmed");
  }

  @Test
  void showsThatTheOrderWasCalledOff() {
    browser.open(page(shop.open("SHOW-3", "25")) + "?lang=en");
    shop.api("DELETE", "/api/orders/SHOW-3", "");
    browser.await("#state", "The order was called off");
    assertThat(browser.count("[data-copy]")).isZero();
  }

  @Test
  void hasACodeThatHoldsTheAddressOnTron() throws IOException, ReaderException {
    browser.open(page(shop.open("SHOW-4", "25")) + "?lang=en");
    assertThat(browser.qr(".qr")).isEqualTo(browser.text("#address")).isEqualTo(ShopRig.TRON_WALLET);
    assertThat(browser.text(".pay .hint")).contains("The code holds the address only");
  }

  @Test
  void hasACodeThatHoldsEverythingOnTon() throws IOException, ReaderException {
    JsonNode order =
        json(shop.api("POST", "/api/orders", "{\"id\":\"SHOW-5\",\"network\":\"ton\",\"asset\":\"USDT\",\"amount\":\"3.25\"}"));
    browser.open(page(order) + "?lang=en");
    String code = browser.qr(".qr");
    assertThat(code)
        .startsWith("ton://transfer/" + browser.text("#address") + "?")
        .contains("amount=3250000", "text=" + browser.text("#memo"), "jetton=");
    assertThat(browser.attribute(".button", "href")).startsWith("https://app.tonkeeper.com/transfer/");
  }

  @Test
  void copiesWhatHasToBeTyped() {
    browser.allowClipboard(shop.publicUrl().toString());
    browser.open(page(shop.open("SHOW-6", "25.50")) + "?lang=en");
    for (String what : new String[] {"amount", "address", "memo"}) {
      browser.click("[data-copy=" + what + "]");
      browser.await("[data-copy=" + what + "]", "Copied");
      assertThat(browser.clipboard()).isEqualTo(browser.text("#" + what));
    }
  }

  @ParameterizedTest
  @CsvSource({"en, false", "en, true", "ru, false", "ru, true"})
  void isReadableForAll(String language, boolean dark) throws IOException {
    JsonNode order = shop.open("SHOW-7-" + language + dark, "25");
    browser.dark(dark);
    browser.size(320, 800);
    browser.open(page(order) + "?lang=" + language);
    browser.await("#state", language.equals("ru") ? "Ждём вашу оплату" : "Waiting for your payment");
    assertThat(browser.attribute("html", "lang")).isEqualTo(language);
    assertThat(browser.run("return document.documentElement.scrollWidth")).as("width of the page").isEqualTo(320L);
    assertThat(browser.accessibilityFaults()).isEmpty();
    shop.pay(order.path("id").asText(), "25");
    browser.await("#state", language.equals("ru") ? "Оплачено" : "Paid");
    assertThat(browser.accessibilityFaults()).isEmpty();
  }

  @Test
  void isWholeWithoutAScript() {
    JsonNode order = shop.open("SHOW-8", "25");
    browser.scripts(false);
    browser.open(page(order) + "?lang=en");
    assertThat(browser.text("#state")).isEqualTo("Waiting for your payment");
    assertThat(browser.text("#memo")).isEqualTo("SHOW-8");
    assertThat(browser.text("#left")).startsWith("Pay until ");
    assertThat(browser.text("main")).contains("Reload this page to see your payment.").doesNotContain("Copy");
    browser.open("about:blank");
  }

  @Test
  void showsNothingForALinkThatWasNotMadeHere() {
    String link = page(shop.open("SHOW-9", "25"));
    String forged = link.substring(0, link.length() - 1) + (link.endsWith("A") ? "B" : "A");
    for (String path : new String[] {forged, shop.publicUrl() + "/pay/SHOW-9", shop.publicUrl() + "/pay/SHOW-9~"}) {
      var answer = shop.anybody("GET", path.substring(shop.publicUrl().toString().length()), "");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("There is no such order").doesNotContain(ShopRig.TRON_WALLET);
    }
  }
}
