package ai.birdie.people;

/**
 * A text as one that types it on a plain keyboard would: digits, spaces, hyphens, and full-width
 * letters are ASCII's, and what cannot be seen is left out. It remembers where each char stood.
 */
final class PlainText {

  private final String text;
  private final int[] places;

  private PlainText(String text, int[] places) {
    this.text = text;
    this.places = places;
  }

  static PlainText of(String original) {
    StringBuilder plain = new StringBuilder(original.length());
    int[] places = new int[original.length() + 1];
    for (int i = 0; i < original.length(); i++) {
      char c = original.charAt(i);
      if (c < 0x80 || isSeen(c)) {
        places[plain.length()] = i;
        plain.append(c < 0x80 ? c : plain(c));
      }
    }
    places[plain.length()] = original.length();
    return new PlainText(plain.toString(), places);
  }

  String text() {
    return text;
  }

  /** What stands there in the plain text, by its place in the original. */
  Finding finding(Finding.Sort sort, int from, int to) {
    return new Finding(sort, places[from], places[to]);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Directions, joiners, soft hyphens, and what an emoji makes of the digit before it. */
  private static boolean isSeen(char c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
      default -> true;
    };
  }

  private static char plain(char c) {
    if (c >= '\uFF01' && c <= '\uFF5E') {
      return (char) (c - 0xFEE0);
    }
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER -> (char) ('0' + Character.digit(c, 10));
      case Character.SPACE_SEPARATOR -> ' ';
      case Character.DASH_PUNCTUATION -> '-';
      default -> c == '\u2212' ? '-' : c == '\uFE6B' ? '@' : c;
    };
  }
}
