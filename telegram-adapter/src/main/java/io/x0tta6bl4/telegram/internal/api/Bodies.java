package io.x0tta6bl4.telegram.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.http.ApiRequest;
import io.x0tta6bl4.telegram.Button;
import io.x0tta6bl4.telegram.MessageText;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Writes the bodies of calls. */
public final class Bodies {

  private static final String JSON = "application/json";

  private Bodies() {}

  /**
   * Writes a JSON body.
   *
   * @param node its root
   * @return the body
   */
  public static ApiRequest.Body json(ObjectNode node) {
    return new ApiRequest.Body(JSON, Trees.write(node));
  }

  /**
   * Describes a text with its buttons.
   *
   * @param chatId where
   * @param text what
   * @return an object that a message id may be added to
   */
  public static ObjectNode text(long chatId, MessageText text) {
    ObjectNode node = Trees.object();
    node.put("chat_id", chatId);
    node.put("text", text.html());
    node.put("parse_mode", "HTML");
    node.putObject("link_preview_options").put("is_disabled", true);
    if (!text.buttons().isEmpty()) {
      ArrayNode rows = node.putObject("reply_markup").putArray("inline_keyboard");
      text.buttons().forEach(row -> buttons(rows.addArray(), row));
    }
    return node;
  }

  private static void buttons(ArrayNode into, List<Button> row) {
    for (Button button : row) {
      ObjectNode node = into.addObject();
      node.put("text", button.text());
      String data = button.data();
      URI url = button.url();
      if (data != null) {
        node.put("callback_data", data);
      }
      if (url != null) {
        node.put("url", url.toString());
      }
    }
  }

  /**
   * Writes a photo as a form, which is the one way to send bytes.
   *
   * @param chatId where
   * @param png the picture
   * @param caption escaped HTML
   * @return the body
   */
  public static ApiRequest.Body photo(long chatId, byte[] png, String caption) {
    String boundary = "x0" + UUID.randomUUID();
    ByteArrayOutputStream form = new ByteArrayOutputStream(png.length + 1_000);
    field(form, boundary, "chat_id", Long.toString(chatId));
    field(form, boundary, "caption", caption);
    field(form, boundary, "parse_mode", "HTML");
    ascii(form, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"qr.png\"\r\n");
    ascii(form, "Content-Type: image/png\r\n\r\n");
    form.writeBytes(png);
    ascii(form, "\r\n--" + boundary + "--\r\n");
    return new ApiRequest.Body("multipart/form-data; boundary=" + boundary, form.toByteArray());
  }

  private static void field(ByteArrayOutputStream form, String boundary, String name, String value) {
    ascii(form, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
    form.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    ascii(form, "\r\n");
  }

  private static void ascii(ByteArrayOutputStream form, String text) {
    form.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
