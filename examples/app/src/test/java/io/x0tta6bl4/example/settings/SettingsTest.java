package io.x0tta6bl4.example.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private static Map<String, String> enough() {
    return new HashMap<>(Map.of("API_KEY", KEY, "LINK_KEY", KEY, "TRON_WALLET", "T1"));
  }

  private static List<String> problems(Map<String, String> environment) {
    SettingsException wrong = catchThrowableOfType(SettingsException.class, () -> Settings.read(environment));
    assertThat(wrong).as("settings %s", environment.keySet()).isNotNull();
    return wrong.problems();
  }

  private static List<String> problemsWith(String name, String value) {
    Map<String, String> environment = enough();
    environment.put(name, value);
    return problems(environment);
  }

  @Test
  void needsTwoKeysAndAWallet() {
    Settings settings = Settings.read(enough());
    assertThat(settings.web().port()).isEqualTo(8080);
    assertThat(settings.web().managementPort()).isEqualTo(9464);
    assertThat(settings.telegram()).isEmpty();
    assertThat(settings.callback()).isEmpty();
    assertThat(settings.shutdown()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.chains()).singleElement().extracting(Settings.Chain::network).isEqualTo("tron");
  }

  @Test
  void tellsEverythingThatIsMissingAtOnce() {
    assertThat(problems(Map.of()))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("API_KEY is missing"))
        .anyMatch(line -> line.startsWith("LINK_KEY is missing"))
        .anyMatch(line -> line.startsWith("TRON_WALLET and TON_WALLET are missing"));
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    Map<String, String> environment = enough();
    environment.put("PORT", "http");
    environment.put("WATCH_FAST", "5s");
    environment.put("LOG_LEVEL", "loud");
    environment.put("CALLBACK_URL", "ftp://shop");
    assertThat(problems(environment)).extracting(line -> line.split("[ :]", 2)[0]).contains("PORT", "WATCH_FAST", "LOG_LEVEL", "CALLBACK_URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PORT               | 65536                                   | PORT '65536': expected a whole number from 0 to 65535
          PORT               | -1                                      | PORT '-1': expected a whole number
          BIND_ADDRESS       | localhost                               | BIND_ADDRESS 'localhost': expected an IP address
          PUBLIC_URL         | pay.example.org                         | PUBLIC_URL 'pay.example.org': expected a URL
          PUBLIC_URL         | https://pay.example.org/?a=b            | PUBLIC_URL
          PUBLIC_URL         | https://user@pay.example.org            | PUBLIC_URL
          TRONGRID_URL       | http://127.0.0.1:80                     | TRONGRID_URL
          CALLBACK_URL       | http://shop.example.org                 | CALLBACK_URL
          ORDER_EXPIRY       | PT0S                                    | ORDER_EXPIRY 'PT0S': expected an ISO-8601 duration from PT1M
          WATCH_SLOW         | PT1S                                    | WATCH_SLOW 'PT1S': expected no less than WATCH_FAST
          TELEGRAM_MODE      | push                                    | TELEGRAM_MODE 'push': expected one of polling, webhook
          TRON_TESTNET       | ropsten                                 | TRON_TESTNET 'ropsten': expected one of nile, shasta
          DATABASE_URL       | jdbc:mysql://db/shop                    | DATABASE_URL: expected one that begins with jdbc:postgresql:
          DATABASE_URL       | jdbc:postgresql://db/shop?password=x    | expected that in DATABASE_PASSWORD
          TELEGRAM_ADMIN_CHAT| me                                      | TELEGRAM_ADMIN_CHAT 'me': expected a chat's number
          """)
  void namesTheValueAndWhatWasExpected(String name, String value, String complaint) {
    assertThat(problemsWith(name, value)).anyMatch(line -> line.contains(complaint));
  }

  @Test
  void acceptsHttpOnLoopbackOnlyWhenTold() {
    Map<String, String> environment = enough();
    environment.put("ALLOW_HTTP", "true");
    environment.put("TRONGRID_URL", "http://127.0.0.1:80");
    assertThat(Settings.read(environment).chains()).hasSize(1);
    environment.put("TRONGRID_URL", "http://api.trongrid.io");
    assertThat(problems(environment)).singleElement().asString().contains("https, or http to a loopback host");
  }

  @Test
  void neverShowsASecret() {
    Map<String, String> environment = enough();
    environment.put("API_KEY", "short-secret");
    environment.put("TELEGRAM_BOT_TOKEN", "not-a-token-but-secret");
    assertThat(problems(environment)).hasSize(2).noneMatch(line -> line.contains("secret"));
    assertThat(Settings.read(enough()).toString()).doesNotContain(KEY);
  }

  @Test
  void takesSecretsFromFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("api-key"), KEY + "x\n");
    Map<String, String> environment = enough();
    environment.remove("API_KEY");
    environment.put("API_KEY_FILE", file.toString());
    assertThat(Settings.read(environment).keys().api().getFirst().reveal()).isEqualTo(KEY + "x");
  }

  @Test
  void refusesASecretThatIsGivenTwiceOrWhoseFileIsNotThere() {
    assertThat(problemsWith("API_KEY_FILE", "/nowhere")).anyMatch(line -> line.startsWith("API_KEY and API_KEY_FILE are both set"));
    Map<String, String> environment = enough();
    environment.remove("API_KEY");
    environment.put("API_KEY_FILE", "/nowhere/key");
    assertThat(problems(environment)).singleElement().asString().isEqualTo("API_KEY_FILE '/nowhere/key': there is no such file");
  }

  @Test
  void readsAFileBelowTheEnvironment() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.properties"), "# comment\nPORT=1234\nSHOP_NAME = Books & more\n");
    Map<String, String> environment = enough();
    environment.put("CONFIG_FILE", file.toString());
    environment.put("PORT", "4321");
    Settings.Web web = Settings.read(environment).web();
    assertThat(web.port()).isEqualTo(4321);
    assertThat(web.shopName()).isEqualTo("Books & more");
  }

  @Test
  void tellsALineOfTheFileThatIsNoSetting() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.properties"), "PROT=1234\n");
    assertThat(problemsWith("CONFIG_FILE", file.toString())).singleElement().asString().endsWith("'PROT' is no setting");
  }

  @Test
  void needsASecretForAWebhookAndForCallbacks() {
    Map<String, String> environment = enough();
    environment.put("TELEGRAM_BOT_TOKEN", "42:abc");
    environment.put("TELEGRAM_MODE", "webhook");
    environment.put("PUBLIC_URL", "https://pay.example.org");
    environment.put("CALLBACK_URL", "https://shop.example.org/paid");
    assertThat(problems(environment))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("TELEGRAM_WEBHOOK_SECRET is missing"))
        .anyMatch(line -> line.startsWith("CALLBACK_SECRET is missing"));
  }

  @Test
  void areAllInTheReadme() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      String name = "`" + setting + "`" + (setting.isSecret() ? ", `" + setting + "_FILE`" : "");
      String otherwise = setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "`";
      rows.add("| " + name + " | " + otherwise + " | " + setting.purpose() + " |");
    }
    List<String> readme = Files.readAllLines(Path.of("README.md"));
    assertThat(readme.stream().filter(line -> line.matches("\\| `[A-Z_]+`.*"))).containsExactlyElementsOf(rows);
  }
}
