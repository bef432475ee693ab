package ai.birdie.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a command prints: lines and tables for people, or one JSON document for programs. */
final class Output {

  private static final String GAP = "  ";
  private static final int WIDTH = 100;

  /** A word, in which a name in back-ticks may have spaces. */
  private static final Pattern WORD = Pattern.compile("(?:`(?:[^`]|``)*`|[^ ])+");

  private final PrintWriter out;

  Output(PrintWriter out) {
    this.out = out;
  }

  /** One line of text. */
  void line(String text) {
    out.println(text);
    out.flush();
  }

  /**
   * One JSON document: records become objects with keys in {@code snake_case}, times ISO 8601 text.
   */
  void json(Object document) {
    JsonMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    line(mapper.writeValueAsString(document));
  }

  /**
   * Columns of text under their headings; those whose every cell is a number stand to the right.
   */
  void table(List<String> headings, List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    List<Boolean> numbers = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      int column = i;
      widths.add(
          rows.stream()
              .mapToInt(row -> row.get(column).length())
              .reduce(headings.get(i).length(), Math::max));
      numbers.add(rows.stream().allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9,.]*")));
    }
    line(row(headings, widths, numbers));
    rows.forEach(row -> line(row(row, widths, numbers)));
  }

  /**
   * Text in lines that are no wider than a screen, unless a word is. SQL stays what it is: a name
   * in back-ticks is one word.
   *
   * @param first what the first line begins with
   * @param others what every other line begins with
   */
  static List<String> wrapped(String first, String others, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : WORD.matcher(text).results().map(MatchResult::group).toList()) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** A count as people read it: {@code 1,234,567}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A size as people read it: {@code 12.3 MB}. */
  static String bytes(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /** Times in a text without their fractions of a second, which tables have no room for. */
  static String toSeconds(String text) {
    return text.replaceAll("(T\\d\\d:\\d\\d:\\d\\d)\\.\\d+", "$1");
  }

  private static String row(List<String> cells, List<Integer> widths, List<Boolean> numbers) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths.get(i) - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(numbers.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }
}
