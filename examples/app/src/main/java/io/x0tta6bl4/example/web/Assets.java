package io.x0tta6bl4.example.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The style sheets, scripts and pictures of the pages, which are all the program's own. Their names in links have a hash of their
 * content, so that browsers may keep them for ever. Thread-safe.
 */
public final class Assets {

  private static final int HASH_LENGTH = 12;
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

  private final String folder;
  private final Map<String, Response.Whole> byPath = new TreeMap<>();
  private final Map<String, String> links = new TreeMap<>();

  /**
   * Reads them.
   *
   * @param folder the path that they are served under, such as {@code /assets}
   * @param files their names, as resources in the folder {@code assets} beside this class
   * @return the assets
   */
  public static Assets load(String folder, String... files) {
    Assets assets = new Assets(folder);
    for (String file : files) {
      String text = read(file);
      String name = file.substring(0, file.lastIndexOf('.'));
      String ending = file.substring(file.lastIndexOf('.') + 1);
      String path = name + "." + Sha256.hex(text).substring(0, HASH_LENGTH) + "." + ending;
      assets.links.put(file, folder + "/" + path);
      assets.byPath.put(
          path,
          Response.text(200, Optional.ofNullable(TYPES.get(ending)).orElseThrow(), text)
              .with("Cache-Control", "public, max-age=31536000, immutable"));
    }
    return assets;
  }

  private Assets(String folder) {
    this.folder = folder;
  }

  /**
   * Where a browser finds one.
   *
   * @param file its name
   * @return a path with the hash
   */
  public String link(String file) {
    return Optional.ofNullable(links.get(file)).orElseThrow(() -> new IllegalArgumentException("no asset " + file));
  }

  /**
   * Adds their route.
   *
   * @param router of a port with pages
   */
  public void addTo(Router router) {
    router.route(
        "GET",
        folder + "/{file}",
        request ->
            Optional.ofNullable(byPath.get(request.parameter("file")))
                .orElseThrow(() -> new ProblemException(404, "there is nothing at this path")));
  }

  private static String read(String file) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no asset " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
