package io.x0tta6bl4.example.settings;

import io.x0tta6bl4.payment.http.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads texts as what they stand for. What is wrong is noted, and something harmless takes its place. Not thread-safe. */
final class SettingTypes {

  /** Takes the place of a URL that is wrong. */
  static final URI NOWHERE = URI.create("http://localhost");

  private final SettingSources sources;
  private final List<String> problems;
  private final Set<Setting> broken = EnumSet.noneOf(Setting.class);

  SettingTypes(SettingSources sources, List<String> problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /**
   * Whether something was noted of a setting.
   *
   * @param setting which
   * @return whether a further complaint would only confuse
   */
  boolean isBroken(Setting setting) {
    return broken.contains(setting) || problems.stream().anyMatch(problem -> problem.startsWith(setting + "_FILE "));
  }

  int number(Setting setting, int lowest, int highest) {
    String text = sources.text(setting).orElse("").strip();
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= lowest && Integer.parseInt(text) <= highest) {
      return Integer.parseInt(text);
    }
    note(setting, text, "a whole number from " + lowest + " to " + highest);
    return lowest;
  }

  long chat(Setting setting) {
    String text = sources.text(setting).orElse("").strip();
    if (text.matches("-?[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    note(setting, text, "a chat's number, such as -1001234567890");
    return 0;
  }

  Duration duration(Setting setting, Duration least, Duration most) {
    String text = sources.text(setting).orElse("").strip();
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Told below, with the range.
    }
    note(setting, text, "an ISO-8601 duration from " + least + " to " + most);
    return least;
  }

  boolean flag(Setting setting) {
    return choice(setting, "true", "false").equals("true");
  }

  String choice(Setting setting, String... known) {
    String text = sources.text(setting).orElse("").strip();
    if (List.of(known).contains(text)) {
      return text;
    }
    note(setting, text, "one of " + String.join(", ", known));
    return known[0];
  }

  Optional<String> optionalChoice(Setting setting, String... known) {
    return sources.text(setting).isEmpty() ? Optional.empty() : Optional.of(choice(setting, known));
  }

  String text(Setting setting, int longest) {
    String text = sources.text(setting).orElse("").strip();
    if (!text.isEmpty() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    note(setting, text, "1 to " + longest + " printable characters");
    return "?";
  }

  String address(Setting setting) {
    String text = sources.text(setting).orElse("").strip();
    try {
      return InetAddress.ofLiteral(text).getHostAddress();
    } catch (IllegalArgumentException e) {
      note(setting, text, "an IP address, such as 0.0.0.0 or ::1");
      return "127.0.0.1";
    }
  }

  /** What a URL may begin with. */
  enum Scheme {
    /** {@code https} only. */
    SAFE("https"),
    /** {@code http} too, to a loopback host. */
    SAFE_OR_LOOPBACK("https, or http to a loopback host"),
    /** {@code http} too. */
    ANY("https or http");

    private final String words;

    Scheme(String words) {
      this.words = words;
    }

    private boolean takes(URI url) {
      return "https".equals(url.getScheme())
          || ("http".equals(url.getScheme()) && (this == ANY || (this == SAFE_OR_LOOPBACK && isLoopback(url.getHost()))));
    }

    private static boolean isLoopback(String host) {
      return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
  }

  /**
   * A URL.
   *
   * @param setting which
   * @param scheme what it may begin with
   * @return the URL without a slash at its end, empty if there is none
   */
  Optional<URI> url(Setting setting, Scheme scheme) {
    Optional<String> text = sources.text(setting).map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text.get().replaceFirst("/+$", ""));
      boolean plain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
      if (plain && url.getRawQuery() == null && scheme.takes(url)) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // Told below, with an example.
    }
    note(setting, text.get(), "a URL of " + scheme.words + ", such as https://pay.example.org");
    return Optional.empty();
  }

  Optional<Secret> secret(Setting setting, int least) {
    Optional<String> text = sources.text(setting).map(String::strip);
    if (text.isPresent() && (text.get().length() < least || !Secret.of(text.get()).isVisibleAscii())) {
      broken.add(setting);
      problems.add(
          setting + ": expected visible ASCII characters, " + least + " or more (the value is not shown, it has "
              + text.get().length() + ")");
      return Optional.empty();
    }
    return text.map(Secret::of);
  }

  private void note(Setting setting, String text, String expected) {
    broken.add(setting);
    String shown = text.length() <= 100 ? text : text.substring(0, 100) + "...";
    problems.add(setting + " '" + shown.replaceAll("\\p{Cntrl}", "?") + "': expected " + expected);
  }
}
