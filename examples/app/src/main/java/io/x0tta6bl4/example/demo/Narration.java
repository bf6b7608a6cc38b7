package io.x0tta6bl4.example.demo;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The story, a line for each thing that happens, and on a terminal a last line that tells how far it is. Thread-safe.
 */
final class Narration {

  private static final int WHO_WIDTH = 16;
  private static final int BAR_WIDTH = 20;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final Clock clock;
  private final Instant start;
  private String progress = "";

  /**
   * Begins.
   *
   * @param out where to
   * @param terminal whether a line can be drawn again
   * @param clock tells the seconds since the beginning
   */
  Narration(PrintWriter out, boolean terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.instant();
  }

  /**
   * Tells a thing that happened.
   *
   * @param who whom it is about, such as an order's id
   * @param what one sentence
   */
  synchronized void tell(String who, String what) {
    String name = who + " ".repeat(Math.max(0, WHO_WIDTH - who.length()));
    line(seconds() + "  " + name + "  " + what);
  }

  /**
   * Tells a line that stands by itself.
   *
   * @param text the line, perhaps empty
   */
  synchronized void line(String text) {
    if (terminal && !progress.isEmpty()) {
      out.print(CLEAR_LINE);
    }
    out.println(text);
    draw();
  }

  /**
   * Changes the last line of a terminal; elsewhere nothing is drawn.
   *
   * @param done how many cases are over
   * @param all how many there are
   * @param text what else to tell
   */
  synchronized void progress(int done, int all, String text) {
    int filled = all == 0 ? BAR_WIDTH : BAR_WIDTH * done / all;
    progress =
        seconds() + "  [" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + done + "/" + all + " cases, " + text;
    draw();
  }

  /** Takes the last line away. */
  synchronized void end() {
    if (terminal && !progress.isEmpty()) {
      out.print(CLEAR_LINE);
      out.flush();
    }
    progress = "";
  }

  private void draw() {
    if (terminal && !progress.isEmpty()) {
      out.print(CLEAR_LINE + progress);
    }
    out.flush();
  }

  private String seconds() {
    Duration since = Duration.between(start, clock.instant());
    return String.format(Locale.ROOT, "%3d.%d s", since.toSeconds(), since.toMillisPart() / 100);
  }
}
