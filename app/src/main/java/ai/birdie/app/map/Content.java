package ai.birdie.app.map;

/**
 * How much a column's values say that it holds a field.
 *
 * @param degree from 0 for never, over a half where they say nothing, to 1
 * @param says what they are like, in few words and without any of them
 */
record Content(double degree, String says) {

  /** Below it a column does not hold the field, whatever it is called. */
  static final double NEVER = 0.1;

  static Content unknown() {
    return new Content(0.5, "empty in the rows looked at");
  }

  static Content never(String says) {
    return new Content(0, says);
  }

  boolean excludes() {
    return degree < NEVER;
  }
}
