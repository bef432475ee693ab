package ai.birdie.app.config;

import java.util.Comparator;

/** A line and a column of a text, both from 1; both 0 for the file as a whole. */
record Place(int line, int column) implements Comparable<Place> {

  static final Place WHOLE_FILE = new Place(0, 0);
  static final Place START = new Place(1, 1);

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** How messages begin: {@code file:line:column /pointer}, without what cannot be printed. */
  static String label(String file, int line, int column, String pointer) {
    String place = line == 0 ? "" : ":" + line + ":" + column;
    return printable(file) + place + (pointer.isEmpty() ? "" : " " + printable(pointer));
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(300)
        .forEach(c -> {
          if (isPrintable(c)) {
            printable.appendCodePoint(c);
          } else {
            printable.append(String.format("\\u%04x", c));
          }
        });
    return printable.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
