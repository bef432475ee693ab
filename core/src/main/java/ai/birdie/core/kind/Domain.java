package ai.birdie.core.kind;

import java.util.List;

/** Which values a field may have, beside those that its type rules out. */
public sealed interface Domain {

  /** Every value of the type. */
  Domain ANY = new Any();

  /** Whether fields of the type can have it. */
  boolean suits(FieldType type);

  /** Every value of the type. */
  record Any() implements Domain {

    @Override
    public boolean suits(FieldType type) {
      return true;
    }
  }

  /** The numbers from {@code from} to {@code to}, both included. */
  record Range(double from, double to) implements Domain {

    public Range {
      if (!Double.isFinite(from) || !Double.isFinite(to) || from >= to) {
        throw new IllegalArgumentException("Not a range: " + from + " to " + to);
      }
    }

    @Override
    public boolean suits(FieldType type) {
      return type == FieldType.INTEGER || type == FieldType.NUMBER;
    }
  }

  /**
   * Some words, in lower case; a value is one of them whatever its case, without the space around
   * it. In an optional field any other counts as no value.
   */
  record Words(List<String> words) implements Domain {

    public Words {
      words = List.copyOf(words);
      if (words.isEmpty() || !words.stream().allMatch(word -> word.matches("[a-z0-9_ -]{1,100}"))) {
        throw new IllegalArgumentException("Not a list of words in lower case: " + words);
      }
    }

    @Override
    public boolean suits(FieldType type) {
      return type == FieldType.TEXT;
    }
  }
}
