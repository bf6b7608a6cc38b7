package io.x0tta6bl4.telegram.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.simulator.telegram.FakeTelegram;
import io.x0tta6bl4.telegram.Button;
import io.x0tta6bl4.telegram.MessageText;
import io.x0tta6bl4.telegram.ShopRig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every body that the bot sends has the types that somebody else wrote down from the documentation: npm's @grammyjs/types. */
class BodyTypesIT {

  private static final List<String> METHODS =
      List.of(
          "getMe", "sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "sendPhoto", "setWebhook",
          "deleteWebhook", "getWebhookInfo", "getUpdates");

  @BeforeAll
  static void findThePrograms() {
    Tools.require("node", "typescript/bin/tsc", "@grammyjs/types/mod.d.ts");
  }

  @Test
  void everyBodyIsOfItsMethodsType() throws Exception {
    List<FakeTelegram.Call> calls = calls();
    assertThat(calls.stream().map(FakeTelegram.Call::method).distinct()).containsExactlyInAnyOrderElementsOf(METHODS);
    Tools.Output output = check(calls.stream().map(call -> line(call.method(), call.body().toString())).toList());
    assertThat(output.text()).isEmpty();
    assertThat(output.code()).isZero();
    System.out.println(calls.size() + " bodies of " + METHODS.size() + " methods have their types");
  }

  @Test
  void aMisspelledFieldIsFound() throws Exception {
    assertThat(check(List.of(line("sendMessage", "{\"chat_id\":7,\"text\":\"x\",\"parse_mod\":\"HTML\"}"))).text())
        .contains("parse_mod");
    assertThat(check(List.of(line("getUpdates", "{\"allowed_updates\":[\"mesage\"]}"))).text()).contains("mesage");
  }

  private static String line(String method, String body) {
    return "{ const body: Opts<string>[\"" + method + "\"] = " + body + "; }\n";
  }

  private static Tools.Output check(List<String> lines) throws IOException, InterruptedException {
    Path file = Tools.FOLDER.resolve("bodies.ts");
    Files.writeString(file, "import type { Opts } from \"@grammyjs/types\";\n" + String.join("", lines));
    return Tools.run(
        Tools.FOLDER,
        List.of(
            Tools.program("node"), "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck",
            "--module", "nodenext", "--moduleResolution", "nodenext", file.toString()));
  }

  /** A day of the shop in which every method is called. */
  private static List<FakeTelegram.Call> calls() throws Exception {
    ShopRig shop =
        new ShopRig(
                builder ->
                    builder
                        .qr(text -> text.getBytes(StandardCharsets.UTF_8))
                        .wallets(rest -> Optional.of(URI.create("https://wallet.example/" + rest.orderId()))))
            .withWebhook();
    shop.open("ORD-1", "25");
    shop.start(7, "ru", "ORD-1");
    shop.telegram.press(7, "ru", shop.chat(7).get(0).button("🔄 Проверить"));
    shop.telegram.press(7, "ru", shop.chat(7).get(0).button("Отменить"));
    shop.run(Duration.ofSeconds(5));
    shop.pay("25").memo("ORD-1").submit();
    shop.tell();
    shop.run(Duration.ofSeconds(5));
    shop.telegram.write(7, "en", "/status");
    shop.run(Duration.ofSeconds(5));
    shop.bot.supervise();
    shop.api.getMe();
    shop.api.setWebhook(ShopRig.URL, Secret.of("s"), 1, List.of("message"));
    shop.api.deleteWebhook();
    shop.api.getUpdates(0, 100, Duration.ofSeconds(5), List.of("message", "callback_query", "my_chat_member"));
    shop.api.getUpdates(5, 1, Duration.ZERO, List.of());
    long id = shop.api.sendMessage(8, new MessageText("x", List.of(List.of(Button.telling("a", "b")))));
    shop.api.deleteMessage(8, id);
    return shop.telegram.calls;
  }
}
