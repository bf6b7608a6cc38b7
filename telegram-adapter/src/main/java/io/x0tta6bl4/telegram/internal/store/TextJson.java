package io.x0tta6bl4.telegram.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.telegram.Button;
import io.x0tta6bl4.telegram.internal.api.Trees;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Buttons as a column holds them. */
final class TextJson {

  private TextJson() {}

  static String write(List<List<Button>> buttons) {
    ObjectNode root = Trees.object();
    ArrayNode rows = root.putArray("rows");
    for (List<Button> row : buttons) {
      ArrayNode into = rows.addArray();
      for (Button button : row) {
        ObjectNode node = into.addObject().put("text", button.text()).put("data", button.data());
        URI url = button.url();
        node.put("url", url == null ? null : url.toString());
      }
    }
    return root.toString();
  }

  static List<List<Button>> read(String json) {
    JsonNode root = Trees.readOrNull(json);
    if (root == null) {
      throw new IllegalStateException("buttons of " + json.length() + " characters: expected JSON");
    }
    List<List<Button>> rows = new ArrayList<>();
    for (JsonNode row : root.path("rows")) {
      List<Button> buttons = new ArrayList<>();
      for (JsonNode node : row) {
        String url = node.path("url").textValue();
        buttons.add(
            new Button(
                node.path("text").asText(), node.path("data").textValue(), url == null ? null : URI.create(url)));
      }
      rows.add(buttons);
    }
    return rows;
  }
}
