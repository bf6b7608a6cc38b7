package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.example.web.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the API that clients are made from. Thread-safe. */
final class OpenApiDocument {

  private final Response.Whole response;

  private OpenApiDocument(String json) {
    response = Response.text(200, "application/json", json).with("Cache-Control", "public, max-age=300");
  }

  static OpenApiDocument load() {
    try (InputStream file = OpenApiDocument.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json is not beside its class");
      }
      return new OpenApiDocument(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Response response() {
    return response;
  }
}
