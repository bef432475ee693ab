package ai.birdie.core.feed;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text says a time, so that texts sort as the times do: year, month, day, and what else there
 * is down to microseconds, each of a fixed width and the larger one first.
 *
 * @param letters in the pattern letters that Java and Spark share, such as {@code
 *     yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}
 */
public record TextPattern(String letters) {

  private static final String GAP = "(?:[-/.:_ ]|'[^']{1,3}')?";
  private static final Pattern SHAPE =
      Pattern.compile(
          "yyyy"
              + GAP
              + "MM"
              + GAP
              + "dd(?:"
              + GAP
              + "(HH)(?:"
              + GAP
              + "(mm)(?:"
              + GAP
              + "(ss)(?:"
              + GAP
              + "(S{1,6}))?)?)?)?(?:'[^']{1,3}')?");

  private static final long SECOND = 1_000_000;

  public TextPattern {
    if (!isOne(letters)) {
      throw new IllegalArgumentException("Not a pattern whose texts sort as times: " + letters);
    }
  }

  /** Whether texts of that pattern sort as their times do. */
  public static boolean isOne(String letters) {
    return SHAPE.matcher(letters).matches();
  }

  /** The resolution, in microseconds. */
  public long unitMicros() {
    Matcher parts = SHAPE.matcher(letters);
    if (!parts.matches()) {
      throw new IllegalStateException("It was checked");
    }
    if (parts.group(4) != null) {
      long unit = SECOND;
      for (int digit = 0; digit < parts.group(4).length(); digit++) {
        unit /= 10;
      }
      return unit;
    }
    if (parts.group(3) != null) {
      return SECOND;
    }
    if (parts.group(2) != null) {
      return 60 * SECOND;
    }
    return (parts.group(1) != null ? 3_600 : 86_400) * SECOND;
  }

  /** How many characters each of its texts has. */
  public int width() {
    return format(0).length();
  }

  /** The text of a time, in microseconds since 1970-01-01T00:00 in the text's own zone. */
  public String format(long micros) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, SECOND),
            (int) Math.floorMod(micros, SECOND) * 1_000,
            ZoneOffset.UTC);
    return DateTimeFormatter.ofPattern(letters.replace("yyyy", "uuuu"), Locale.ROOT).format(time);
  }
}
