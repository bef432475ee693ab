package ai.birdie.app.map;

import ai.birdie.core.contract.Row;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.databricks.sample.TableSample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A column of a sample, and what it holds.
 *
 * @param counted of how many rows there are counts
 * @param values those of the sample's rows that have one
 * @param texts the same as text
 */
record Held(TableSample.Counted column, long counted, List<Object> values, List<String> texts) {

  Held {
    values = List.copyOf(values);
    texts = List.copyOf(texts);
  }

  static Held of(TableSample sample, TableSample.Counted column) {
    String name = column.column().name();
    List<Object> values =
        sample.rows().stream()
            .map((Row row) -> row.value(name))
            .flatMap(Optional::stream)
            .filter(value -> !text(value).isBlank())
            .toList();
    return new Held(column, sample.counted(), values, values.stream().map(Held::text).toList());
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }

  SourceColumn source() {
    return column.column();
  }

  String name() {
    return source().name();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Which share of the rows has a value. */
  double filled() {
    return counted == 0 ? 0 : (double) column.present() / counted;
  }

  /** How many different values there are. */
  long different() {
    return column.different().orElse(0L);
  }

  /** Different values for each row that has one: 1 where no two rows share one. */
  double uniqueness() {
    return column.present() == 0 ? 0 : Math.min(1.0, (double) different() / column.present());
  }

  /** Which share of the values is so. */
  double share(Predicate<String> so) {
    return isEmpty() ? 0 : (double) texts.stream().filter(so).count() / texts.size();
  }

  /** How many words a value has on average; of scripts without spaces two letters are one. */
  double words() {
    return texts.stream().mapToLong(Held::words).average().orElse(0);
  }

  private static long words(String text) {
    long unspaced = text.codePoints().filter(Held::isUnspaced).count();
    return unspaced > 0 ? unspaced / 2 : text.strip().split("\\s+", -1).length;
  }

  private static boolean isUnspaced(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  /** How long a value is on average, in characters. */
  double length() {
    return texts.stream().mapToInt(String::length).average().orElse(0);
  }

  /** Prints no value. */
  @Override
  public String toString() {
    return "Held[" + name() + "]";
  }
}
