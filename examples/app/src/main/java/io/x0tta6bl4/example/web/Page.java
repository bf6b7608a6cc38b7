package io.x0tta6bl4.example.web;

import java.util.Map;

/** Pages, with what keeps a browser from running or loading anything that is not the program's own. */
public final class Page {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Page() {}

  /**
   * A page.
   *
   * @param status the code
   * @param html all of it; it may have no script or style within
   * @return the answer
   */
  public static Response.Whole of(int status, Html html) {
    return new Response.Whole(
        status,
        Map.of(
            "Content-Type", "text/html; charset=utf-8",
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()",
            "Cache-Control", "no-store"),
        html.toString());
  }

  /**
   * Writes a page's head.
   *
   * @param html where to
   * @param language such as {@code en}
   * @param title the page's
   * @param assets where style and script are
   * @param script the name of the page's script
   */
  public static void head(Html html, String language, String title, Assets assets, String script) {
    html.doctype().open("html", "lang", language).open("head").open("meta", "charset", "utf-8");
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.open("meta", "name", "robots", "content", "noindex");
    html.open("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    html.open("link", "rel", "icon", "href", assets.link("icon.svg"), "type", "image/svg+xml");
    html.open("link", "rel", "stylesheet", "href", assets.link("shop.css"));
    html.open("script", "src", assets.link(script), "defer", "").close("script");
  }
}
