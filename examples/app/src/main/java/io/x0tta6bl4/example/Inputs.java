package io.x0tta6bl4.example;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a person typed; an error names the option, the value and what was expected. */
final class Inputs {

  /** Plain notation only: an exponent in an amount of money is a slip. */
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,78}(\\.[0-9]{1,78})?");

  /** Before the chains, and after their block times' plausible range. */
  private static final Instant FIRST = Instant.parse("2018-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  private static final Pattern DECIMALS = Pattern.compile("[0-9]{1,2}");

  private Inputs() {}

  static BigDecimal decimal(String option, String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw invalid(option, text, "a decimal number such as 25.50");
    }
    return new BigDecimal(text);
  }

  static OptionalInt decimals(@Nullable String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    if (!DECIMALS.matcher(text).matches() || Integer.parseInt(text) > 77) {
      throw invalid("--decimals", text, "a whole number from 0 to 77");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  static int number(String option, String text, int lowest, int highest) {
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= lowest && number <= highest) {
        return number;
      }
    }
    throw invalid(option, text, "a whole number from " + lowest + " to " + highest);
  }

  static <T> T choice(String option, String text, T[] values, Function<T, String> label, String... others) {
    for (T value : values) {
      if (label.apply(value).equals(text)) {
        return value;
      }
    }
    String expected =
        Stream.concat(Arrays.stream(values).map(label), Arrays.stream(others)).collect(Collectors.joining(", "));
    throw invalid(option, text, "one of " + expected);
  }

  static Duration duration(String option, String text, Duration longest) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && !duration.isZero() && duration.compareTo(longest) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Told below, with the range.
    }
    throw invalid(option, text, "an ISO-8601 duration above PT0S and at most " + longest + ", such as PT30S");
  }

  static Instant instant(String option, String text) {
    try {
      Instant instant = Instant.parse(text);
      if (!instant.isBefore(FIRST) && instant.isBefore(LAST)) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      // Told below, with the range.
    }
    throw invalid(option, text, "an ISO-8601 instant from 2018 to 2099, such as 2026-01-01T01:00:00Z");
  }

  private static IllegalArgumentException invalid(String option, String text, String expected) {
    return new IllegalArgumentException(option + " '" + text + "': expected " + expected);
  }
}
