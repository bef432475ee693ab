package ai.birdie.people;

/** Letters and digits of ASCII, in which ids are written. */
final class Ascii {

  private Ascii() {}

  static boolean isLetterOrDigit(char c) {
    return PlainText.isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** Whether one stands there; false outside of the text. */
  static boolean isLetterOrDigitAt(String text, int at) {
    return at >= 0 && at < text.length() && isLetterOrDigit(text.charAt(at));
  }

  static boolean isDigitAt(String text, int at) {
    return at >= 0 && at < text.length() && PlainText.isDigit(text.charAt(at));
  }

  /** The letters and digits alone. */
  static String compact(String text) {
    StringBuilder compact = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (isLetterOrDigit(text.charAt(i))) {
        compact.append(text.charAt(i));
      }
    }
    return compact.toString();
  }
}
