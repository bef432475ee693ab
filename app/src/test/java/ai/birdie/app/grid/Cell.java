package ai.birdie.app.grid;

/** What becomes of a run. */
sealed interface Cell {

  /**
   * The store holds the source's rows, and the receipts balance.
   *
   * @param told words of which the user is warned; may be empty
   */
  record Right(String told) implements Cell {}

  /**
   * Nothing of the window is landed, and the run says why.
   *
   * @param code the process's exit code
   * @param words which the message has in it
   */
  record Refused(int code, String words) implements Cell {}

  /** It cannot occur. */
  record Empty(Why why) implements Cell {}
}
