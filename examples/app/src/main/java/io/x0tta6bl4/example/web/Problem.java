package io.x0tta6bl4.example.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Errors as {@code application/problem+json}, RFC 9457. */
public final class Problem {

  private Problem() {}

  /**
   * An error.
   *
   * @param status the code
   * @param detail what is wrong with this request, for the client's developer; nothing secret
   * @return the answer
   */
  public static Response.Whole of(int status, String detail) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "about:blank");
    problem.put("title", title(status));
    problem.put("status", status);
    problem.put("detail", detail);
    return new Response.Whole(
        status, Map.of("Content-Type", "application/problem+json", "Cache-Control", "no-store"), problem + "\n");
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Error " + status;
    };
  }
}
