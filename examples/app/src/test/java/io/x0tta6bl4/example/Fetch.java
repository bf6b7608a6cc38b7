package io.x0tta6bl4.example;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Run inside of a network namespace, whose servers the test itself cannot reach: prints the status and the body of a page. */
final class Fetch {

  private Fetch() {}

  public static void main(String[] url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> page =
          client.send(HttpRequest.newBuilder(URI.create(url[0])).build(), HttpResponse.BodyHandlers.ofString());
      System.out.println(page.statusCode());
      System.out.print(page.body());
    }
  }
}
