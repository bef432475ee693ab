package ai.birdie.workspace.sample;

/** Rows that repeat the row before them in every value. */
final class Repeats {
  private static final int EVERY = 100;

  private Repeats() {}

  /** The number of the row that stands under this number. */
  static long original(long index) {
    return index % EVERY == EVERY - 1 ? index - 1 : index;
  }
}
