package io.x0tta6bl4.telegram.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** npm's telegram-test-api behind Debian's nginx, as two processes that end with this. */
final class Emulator implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Process> processes = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final int emulator = Tools.freePort();
  private final int api = Tools.freePort();
  private final int webhook = Tools.freePort();
  private final String token;

  /** Starts both; the shop's webhook listens on a port and wants a secret. */
  Emulator(Path folder, int shop, String secret, String token) throws IOException, InterruptedException {
    this.token = token;
    Process node =
        new ProcessBuilder(Tools.program("node"), Tools.resource("emulator.js").toString(), Integer.toString(emulator))
            .redirectErrorStream(true)
            .start();
    processes.add(node);
    BufferedReader output = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    if (!"ready".equals(line)) {
      close();
      throw new IOException("the emulator said: " + line + "\n" + String.join("\n", output.lines().toList()));
    }
    String config =
        Files.readString(Tools.resource("nginx.conf"))
            .replace("@folder@", folder.toString())
            .replace("@api@", Integer.toString(api))
            .replace("@emulator@", Integer.toString(emulator))
            .replace("@webhook@", Integer.toString(webhook))
            .replace("@shop@", Integer.toString(shop))
            .replace("@secret@", secret);
    Path file = Files.writeString(folder.resolve("nginx.conf"), config);
    processes.add(
        new ProcessBuilder(Tools.program("nginx"), "-p", folder.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start());
    awaitPort(api, folder);
  }

  private void awaitPort(int port, Path folder) throws IOException, InterruptedException {
    for (int tries = 0; ; tries++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (tries == 200 || !processes.get(1).isAlive()) {
          close();
          throw new IOException("nginx does not listen: " + Files.readString(folder.resolve("nginx.out")), e);
        }
        Thread.sleep(50);
      }
    }
  }

  URI api() {
    return URI.create("http://127.0.0.1:" + api);
  }

  URI webhook() {
    return URI.create("http://127.0.0.1:" + webhook + "/telegram");
  }

  void write(long chat, String text) throws IOException, InterruptedException {
    ObjectNode message = message(chat);
    message.put("text", text);
    post("/sendMessage", message);
  }

  void press(long chat, String data) throws IOException, InterruptedException {
    ObjectNode query = JSON.createObjectNode();
    query.put("botToken", token);
    query.set("from", user(chat));
    query.set("message", message(chat));
    query.put("data", data);
    post("/sendCallback", query);
  }

  private ObjectNode message(long chat) {
    ObjectNode message = JSON.createObjectNode();
    message.put("botToken", token);
    message.put("date", Instant.now().getEpochSecond());
    message.set("from", user(chat));
    message.putObject("chat").put("id", chat).put("type", "private");
    return message;
  }

  private static ObjectNode user(long chat) {
    return JSON.createObjectNode().put("id", chat).put("is_bot", false).put("first_name", "Buyer").put("language_code", "en");
  }

  /** Gives what the bot has sent to a chat, as it looks now. */
  List<JsonNode> chat(long chat) throws IOException, InterruptedException {
    List<JsonNode> messages = new ArrayList<>();
    for (JsonNode entry : post("/getUpdatesHistory", JSON.createObjectNode().put("token", token)).path("result")) {
      if (entry.path("message").path("chat_id").asLong() == chat) {
        messages.add(entry.path("message"));
      }
    }
    return messages;
  }

  private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + emulator + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
