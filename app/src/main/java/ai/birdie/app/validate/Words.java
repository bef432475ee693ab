package ai.birdie.app.validate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Numbers as an administrator reads them. */
final class Words {

  /** A run that looks back for longer than this compares more than it brings. */
  static final Duration LONGEST_LAG = Duration.ofDays(14);

  private static final List<String> LAGS =
      List.of(
          "PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT2H", "PT4H", "PT8H", "PT12H", "P1D", "P2D",
          "P3D", "P4D", "P7D", "P14D");

  private Words() {}

  /** A number with commas, whatever the machine's language. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A part of a whole in per cent, never rounded to nothing or to all. */
  static String share(long part, long whole) {
    if (part == 0 || part == whole) {
      return part == 0 ? "0 %" : "100 %";
    }
    double percent = 100.0 * part / whole;
    if (percent < 0.1) {
      return "less than 0.1 %";
    }
    return percent > 99.9 ? "more than 99.9 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }

  /** A time that passed, in the two largest units that it has. */
  static String span(Duration span) {
    Duration time = span.isNegative() ? Duration.ZERO : span;
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return time.toMillis() + " ms";
    }
    return Stream.of(
            part(time.toDays(), "d"),
            part(time.toHoursPart(), "h"),
            part(time.toMinutesPart(), "min"),
            part(time.toSecondsPart(), "s"))
        .dropWhile(String::isEmpty)
        .limit(2)
        .filter(part -> !part.isEmpty())
        .reduce((larger, smaller) -> larger + " " + smaller)
        .orElseThrow();
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + " " + unit;
  }

  /** The plural of a unit of time. */
  static String unit(Duration unit) {
    if (unit.toDays() > 0) {
      return "days";
    }
    if (unit.toHours() > 0) {
      return "hours";
    }
    if (unit.toMinutes() > 0) {
      return "minutes";
    }
    if (unit.toSeconds() > 0) {
      return "seconds";
    }
    return unit.toMillis() > 0 ? "milliseconds" : "microseconds";
  }

  /** A lag of at least so long, and longer than the present one, as a connection file has it. */
  static String lag(Duration least, Duration present) {
    return LAGS.stream()
        .filter(lag -> Duration.parse(lag).compareTo(least) >= 0)
        .filter(lag -> Duration.parse(lag).compareTo(present) > 0)
        .findFirst()
        .orElseGet(LONGEST_LAG.plus(present)::toString);
  }
}
