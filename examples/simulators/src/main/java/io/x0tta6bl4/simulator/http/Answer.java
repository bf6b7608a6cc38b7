package io.x0tta6bl4.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * What a simulator answers.
 *
 * @param status the code
 * @param contentType of the body
 * @param body not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, String contentType, byte[] body) {

  /**
   * Answers with JSON, or with what claims to be it.
   *
   * @param status the code
   * @param text any
   * @return the answer
   */
  public static Answer text(int status, String text) {
    return new Answer(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers with JSON.
   *
   * @param body the JSON
   * @return the answer, 200
   */
  public static Answer json(JsonNode body) {
    return text(200, body.toString());
  }
}
