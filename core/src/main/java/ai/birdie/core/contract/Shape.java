package ai.birdie.core.contract;

/** What a table's column holds, as far as it matters to a field. */
public enum Shape {
  TEXT("text"),
  /** Whole numbers of any width. */
  WHOLE("number"),
  /** Numbers with a fixed count of decimals. */
  DECIMAL("number"),
  /** Floating-point numbers, among which there may be some that are none. */
  FLOATING("number"),
  TRUTH("truth"),
  DATE("date"),
  /** Instants. */
  TIMESTAMP("time"),
  /** Times without a zone. */
  LOCAL_TIMESTAMP("time"),
  BYTES("bytes"),
  /** NULL and nothing else. */
  NOTHING("nothing"),
  /** Lists, structures, intervals, and all else. */
  OTHER("nested");

  private final String label;

  Shape(String label) {
    this.label = label;
  }

  /** What a violation says was found. */
  public String label() {
    return label;
  }
}
